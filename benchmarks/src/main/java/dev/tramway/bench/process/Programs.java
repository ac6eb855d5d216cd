package dev.tramway.bench.process;

import dev.tramway.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The C and C++ programs, compiled by the system's compilers into a directory that goes away with this object. */
public final class Programs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> WITH_TLS = List.of("-DTLS", "-lssl", "-lcrypto");

    private final Path directory;
    private final boolean tls;
    private Optional<Boolean> asio = Optional.empty();

    private Programs(Path directory) throws IOException {
        this.directory = directory;
        copy("streams.h");
        this.tls = compile("load", "load.c", List.of("cc", "-O2"), WITH_TLS).isEmpty();
        if (!tls) {
            require(compile("load", "load.c", List.of("cc", "-O2"), List.of()));
        }
        require(compile("server", "server.c", List.of("cc", "-O2"), tls ? WITH_TLS : List.of()));
    }

    private static void require(Optional<String> failure) {
        failure.ifPresent(why -> {
            throw new BenchException(why);
        });
    }

    private boolean compileAsio() {
        var compiler = List.of("c++", "-std=c++20", "-O2", "-pthread");
        try {
            return Executables.exist("c++")
                    && compile("asio", "asio.cpp", compiler, tls ? WITH_TLS : List.of())
                            .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles the load client and the raw server.
     *
     * @throws BenchException if this system cannot
     */
    public static Programs compile() {
        if (!available()) {
            throw new BenchException(
                    "The load client and the raw server are C programs for Linux (epoll), compiled on the"
                            + " spot: this needs Linux and a C compiler named cc, such as gcc or clang.");
        }
        try {
            return new Programs(Files.createTempDirectory("tramway-bench-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if this system can compile and run them. */
    public static boolean available() {
        return "Linux".equals(System.getProperty("os.name")) && Executables.exist("cc");
    }

    /** True if the load client, the raw and the Asio server speak TLS, which needs the headers of OpenSSL. */
    public boolean hasTls() {
        return tls;
    }

    /** The load client. */
    public Path load() {
        return directory.resolve("load");
    }

    /** The raw server. */
    public Optional<Path> server() {
        return Optional.of(directory.resolve("server"));
    }

    /** The Asio server, where the header is; compiled when asked for first, which takes a while. */
    public synchronized Optional<Path> asio() {
        boolean there = asio.orElseGet(this::compileAsio);
        asio = Optional.of(there);
        return there ? Optional.of(directory.resolve("asio")) : Optional.empty();
    }

    /** A certificate for localhost and its key in one file, made when asked for first. */
    public synchronized Path certificate() {
        var file = directory.resolve("server.pem");
        if (!Files.exists(file)) {
            Certificates.server("localhost", "127.0.0.1").make().writePem(file, "");
        }
        return file;
    }

    /** Compiles one program; what the compiler says if it cannot. */
    private Optional<String> compile(String name, String file, List<String> compiler, List<String> libraries)
            throws IOException {
        var source = copy(file);
        var command = new ArrayList<>(compiler);
        command.addAll(List.of("-o", directory.resolve(name).toString(), source.toString()));
        command.addAll(libraries);
        try (var running = Child.startMerged(command)) {
            var output = new StringJoiner("\n");
            for (var line = running.nextLine(PATIENCE); line.isPresent(); line = running.nextLine(PATIENCE)) {
                output.add(line.get());
            }
            return running.exitCode() == 0 ? Optional.empty() : Optional.of(file + " does not compile:\n" + output);
        }
    }

    private Path copy(String file) throws IOException {
        var copied = directory.resolve(file);
        if (!Files.exists(copied)) {
            try (var stream = Optional.ofNullable(Programs.class.getResourceAsStream("/dev/tramway/bench/c/" + file))
                    .orElseThrow()) {
                Files.copy(stream, copied);
            }
        }
        return copied;
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
