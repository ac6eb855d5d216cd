package dev.tramway.server.internal.load;

import dev.tramway.server.ServeTool;
import dev.tramway.server.internal.sink.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, as {@code tramway serve} starts it, that can be measured and killed. */
public final class ServeProcess implements AutoCloseable {
    /** An option that loads our classes before they are needed: out of directories, as in tests, each takes a descriptor. */
    static final String LOAD_ALL = "-Dserve.load-all=true";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI api;

    private ServeProcess(Process process, int api) {
        this.process = process;
        this.api = URI.create("http://127.0.0.1:" + api);
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param file its configuration, whose api is on the given port
     * @param api that port
     * @param program what starts the JVM, such as {@code taskset}, with its options; may be empty
     * @param jvm options of the JVM
     */
    public static ServeProcess start(Path file, int api, List<String> program, String... jvm) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(jvm));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServeProcess.class.getName()));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(file.resolveSibling("server.out").toFile())
                .redirectErrorStream(true)
                .start();
        var server = new ServeProcess(process, api);
        Ports.await(process, server::figures);
        return server;
    }

    /** Its figures as they are now. */
    public Figures figures() throws IOException, InterruptedException {
        return Figures.of(get("/metrics"));
    }

    /** What it answers to a request. */
    String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(api.resolve(path)).timeout(LIMIT).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** CPU time, memory and heap until now, for people. */
    public String usage() throws IOException, InterruptedException {
        Figures figures = figures();
        return String.format(
                "CPU %.1f s, RSS %d MiB (at most %d), heap %.0f MiB, %.0f threads, %.0f descriptors",
                figures.get("process_cpu_seconds_total"),
                memory("VmRSS"),
                memory("VmHWM"),
                figures.get("jvm_memory_used_bytes{area=\"heap\"}") / (1 << 20),
                figures.get("jvm_threads_current"),
                figures.get("process_open_fds"));
    }

    /** A line of the process's status, in MiB. */
    private long memory(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to stop in order; gives its exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server has not stopped");
        }
        return process.exitValue();
    }

    /** Kills it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static void loadAll() throws IOException, ClassNotFoundException {
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            Path classes = Path.of(entry);
            if (Files.isDirectory(classes) && classes.endsWith("classes")) {
                List<Path> files;
                try (Stream<Path> all = Files.walk(classes)) {
                    files = all.filter(file -> file.toString().endsWith(".class"))
                            .toList();
                }
                for (Path file : files) {
                    String name = classes.relativize(file).toString().replace('/', '.');
                    if (!name.endsWith("-info.class")) {
                        Class.forName(name.substring(0, name.length() - ".class".length()), false, loader());
                    }
                }
            }
        }
    }

    private static ClassLoader loader() {
        return ServeProcess.class.getClassLoader();
    }

    /** Serves. */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (Boolean.getBoolean("serve.load-all")) {
            loadAll();
        }
        int code = new ServeTool().run(out, out, args);
        out.flush();
        System.exit(code);
    }
}
