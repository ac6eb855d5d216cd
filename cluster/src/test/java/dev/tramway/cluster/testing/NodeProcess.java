package dev.tramway.cluster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, which can be killed, stopped and continued. */
public final class NodeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("READY (\\d+) (\\S+)");

    private static final String DONE = "DONE ";

    private final Process process;
    private final BufferedReader says;
    private final int port;
    private final UUID id;

    private NodeProcess(Process process, BufferedReader says, int port, UUID id) {
        this.process = process;
        this.says = says;
        this.port = port;
        this.id = id;
    }

    /** Starts a {@link NodeProgram}; ready when this returns. */
    public static NodeProcess start(String url, String prefix) throws IOException {
        return start(List.of(), url, prefix, 0);
    }

    /**
     * Starts one in another network.
     *
     * @param network what its command begins with
     * @param senders of whom its own clients will hear
     */
    public static NodeProcess start(List<String> network, String url, String prefix, int senders) throws IOException {
        List<String> command = new ArrayList<>(network);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProgram.class.getName(),
                url,
                prefix,
                Integer.toString(senders)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                int port = Integer.parseInt(ready.group(1));
                return new NodeProcess(process, lines, port, UUID.fromString(ready.group(2)));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the node has ended before it was ready");
    }

    /** Has it do or tell something, as {@link NodeProgram} understands it. */
    public String ask(String command) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(command)
                    .append('\n')
                    .flush();
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                if (line.startsWith(DONE)) {
                    return line.substring(DONE.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
        throw new IllegalStateException("the node has ended before it had answered: " + command);
    }

    /** Has it tell several things, which it writes as a list. */
    public List<String> askAll(String command) {
        String answer = ask(command);
        String inner = answer.substring(1, answer.length() - 1);
        return inner.isEmpty() ? List.of() : List.of(inner.split(", "));
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
