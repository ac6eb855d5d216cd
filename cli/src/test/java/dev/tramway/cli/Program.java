package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test talks to. Closing it ends it. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Collected output;
    private final Collected errors;

    private Program(List<String> command) {
        name = String.join(" ", command);
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        output = new Collected(process.getInputStream());
        errors = new Collected(process.getErrorStream());
    }

    /** Runs {@code tramway} with these arguments. */
    public static Program tramway(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tramway.cli.Main"));
        command.addAll(List.of(arguments));
        return new Program(command);
    }

    /** Runs a program of the system; skips the test where it is missing, naming the Debian package. */
    public static Program system(String debianPackage, String... command) {
        assumeThat(isInstalled(command[0]))
                .as("%s is installed (package %s)", command[0], debianPackage)
                .isTrue();
        return new Program(List.of(command));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Types something, as it is. */
    public Program type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new AssertionError(this + " takes no input", failure);
        }
        return this;
    }

    /** Ends its input. */
    public Program endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException failure) {
            throw new AssertionError(this + " takes no input", failure);
        }
        return this;
    }

    /** Waits until its output holds a text. */
    public Program awaitOutput(String text) {
        await(text, output);
        return this;
    }

    /** Waits until its error stream holds a text. */
    public Program awaitErrors(String text) {
        await(text, errors);
        return this;
    }

    private void await(String text, Collected where) {
        org.awaitility.Awaitility.await()
                .alias("'" + text + "' of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(where.toString())
                        .as("%s; errors: %s", this, errors)
                        .contains(text));
    }

    public String output() {
        return output.toString();
    }

    public String errors() {
        return errors.toString();
    }

    /** The first group of a pattern in its output, which must be there. */
    public String find(String regex) {
        var matcher = java.util.regex.Pattern.compile(regex, java.util.regex.Pattern.MULTILINE)
                .matcher(output());
        assertThat(matcher.find()).as("%s in %s", regex, output).isTrue();
        return matcher.group(1);
    }

    /** Asks it to end, as a service manager does. */
    public Program terminate() {
        process.toHandle().destroy(); // Process.destroy would close its output as well
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s has ended; it said: %s%s", this, output, errors)
                    .isTrue();
            output.awaitEnd();
            errors.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public String toString() {
        return name.replaceAll("-cp \\S+", "-cp ...");
    }

    /** What a stream has brought so far. */
    private static final class Collected {
        private final InputStream stream;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;

        Collected(InputStream stream) {
            this.stream = stream;
            reader = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[4096];
            try (stream) {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    bytes.write(buffer, 0, count);
                }
            } catch (IOException ended) {
                // The process is gone.
            }
        }

        void awaitEnd() throws InterruptedException {
            reader.join(PATIENCE);
        }

        @Override
        public String toString() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
