package dev.tramway.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The C programs, compiled by the system's compiler into a directory that goes away with this object. */
public final class Programs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;

    private Programs(Path directory) {
        this.directory = directory;
    }

    /** Compiles the load client and the raw server. */
    public static Programs compile() {
        try {
            var programs = new Programs(Files.createTempDirectory("tramway-bench-"));
            programs.compile("load");
            programs.compile("server");
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if this system can compile and run them. */
    public static boolean available() {
        return "Linux".equals(System.getProperty("os.name")) && Executables.exist("cc");
    }

    /** The load client. */
    public Path load() {
        return directory.resolve("load");
    }

    /** The raw server. */
    public Path server() {
        return directory.resolve("server");
    }

    private void compile(String name) throws IOException {
        if (!available()) {
            throw new BenchException(
                    "The load client and the raw server are C programs for Linux (epoll), compiled on the"
                            + " spot: this needs Linux and a C compiler named cc, such as gcc or clang.");
        }
        var source = directory.resolve(name + ".c");
        try (var stream = Optional.ofNullable(Programs.class.getResourceAsStream("/dev/tramway/bench/c/" + name + ".c"))
                .orElseThrow()) {
            Files.copy(stream, source);
        }
        var command = List.of("cc", "-O2", "-o", directory.resolve(name).toString(), source.toString());
        try (var compiler = Child.startMerged(command)) {
            var output = new StringJoiner("\n");
            for (var line = compiler.nextLine(PATIENCE); line.isPresent(); line = compiler.nextLine(PATIENCE)) {
                output.add(line.get());
            }
            if (compiler.exitCode() != 0) {
                throw new BenchException(name + ".c does not compile:\n" + output);
            }
        }
    }

    @Override
    public void close() {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
