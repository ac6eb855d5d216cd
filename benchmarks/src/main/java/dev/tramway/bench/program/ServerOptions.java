package dev.tramway.bench.program;

import dev.tramway.Tls;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What all server programs understand; names and defaults are those of the founding documents. */
@SuppressWarnings("NullAway.Init") // set by picocli
class ServerOptions {
    @Option(
            names = {"-a", "--address"},
            paramLabel = "ADDRESS",
            description = "to listen on, or the group of a UDP multicast (${DEFAULT-VALUE})")
    String address;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "to listen on, or to send a UDP multicast to; 0: any (${DEFAULT-VALUE})")
    int port;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "COUNT",
            description = "event loops (default: one for each core)")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--no-delay", description = "turns Nagle's algorithm off; the founding documents leave it on")
    boolean noDelay;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "TLS: chain and key, PEM; without it a certificate is made")
    Optional<Path> certificate = Optional.empty();

    /** Refuses what makes no sense. */
    final void check() {
        ClientOptions.positive("threads", threads);
    }

    /** How a TLS server shows itself. */
    final Tls tls() {
        return certificate.map(file -> Tls.pem(file, "")).orElseGet(() -> Tls.selfSigned("localhost"));
    }
}
