package dev.tramway.cluster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, which can be killed, stopped and continued. */
public final class NodeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("READY (\\d+) (\\S+)");

    private final Process process;
    private final int port;
    private final UUID id;

    private NodeProcess(Process process, int port, UUID id) {
        this.process = process;
        this.port = port;
        this.id = id;
    }

    /** Starts a {@link NodeProgram}; ready when this returns. */
    public static NodeProcess start(String url, String prefix) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProgram.class.getName(),
                        url,
                        prefix))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new NodeProcess(process, Integer.parseInt(ready.group(1)), UUID.fromString(ready.group(2)));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the node has ended before it was ready");
    }

    /** Where clients connect to. */
    public int port() {
        return port;
    }

    /** Its id in the cluster. */
    public UUID id() {
        return id;
    }

    /** Stops it for a while, or has it go on. */
    public void signal(String name) throws IOException, InterruptedException {
        Signals.send(process.pid(), name);
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
