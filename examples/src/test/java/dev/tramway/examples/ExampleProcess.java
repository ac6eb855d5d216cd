package dev.tramway.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example that runs in a process of its own; what it prints is read, and waited for with a limit. */
final class ExampleProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    /** How many lines of the output have been expected. */
    private int seen;

    private ExampleProcess(List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dio.netty.leakDetection.level=paranoid",
                "-Dstdout.encoding=UTF-8"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunExample.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Runs {@code ./tramway example} with these arguments. */
    static ExampleProcess start(String... arguments) throws IOException {
        return new ExampleProcess(List.of(), arguments);
    }

    /** The same with options for the JVM. */
    static ExampleProcess startWith(List<String> jvmOptions, String... arguments) throws IOException {
        return new ExampleProcess(jvmOptions, arguments);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                synchronized (output) {
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            output.add("(" + e + ")");
        }
    }

    /** Waits for a line, behind those that were expected before, that contains a match. */
    Matcher expect(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long end = System.nanoTime() + LIMIT.toNanos();
        synchronized (output) {
            while (true) {
                while (seen < output.size()) {
                    Matcher matcher = pattern.matcher(output.get(seen++));
                    if (matcher.find()) {
                        return matcher;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || (!reader.isAlive() && seen == output.size())) {
                    throw new AssertionError("no line with '" + regex + "' in:\n" + String.join("\n", output));
                }
                output.wait(Math.min(left, 100));
            }
        }
    }

    /** Waits for a server to tell its port. */
    String port() throws InterruptedException {
        return expect("listens on port (\\d+)").group(1);
    }

    /** Types a line. */
    void type(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the input. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of the process. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs:\n" + String.join("\n", output));
        }
        reader.join();
        return process.exitValue();
    }

    /** Ends the program by an empty line and gives all that it has printed. */
    List<String> stop() throws InterruptedException {
        type("");
        return finish();
    }

    /** Waits for the orderly end of the program and gives all that it has printed. */
    List<String> finish() throws InterruptedException {
        int code = exitCode();
        if (code != 0 || output.stream().anyMatch(line -> line.contains("LEAK"))) {
            throw new AssertionError("exit code " + code + ", or a leak:\n" + String.join("\n", output));
        }
        return List.copyOf(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }
}
