package dev.tramway.bench.program;

import dev.tramway.Tls;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What all client programs understand; names and defaults are those of the founding documents. */
@SuppressWarnings("NullAway.Init") // set by picocli
class ClientOptions {
    @Option(
            names = {"-a", "--address"},
            paramLabel = "ADDRESS",
            description = "server, or the group of a UDP multicast (${DEFAULT-VALUE})")
    String address;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "its port (${DEFAULT-VALUE})")
    int port;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "COUNT",
            description = "event loops (default: one for each core)")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-c", "--clients"},
            paramLabel = "COUNT",
            description = "(${DEFAULT-VALUE})")
    int clients = 100;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "BYTES",
            description = "of a message (${DEFAULT-VALUE})")
    int size = 32;

    @Option(
            names = {"-z", "--seconds"},
            paramLabel = "SECONDS",
            description = "length of the run (${DEFAULT-VALUE})")
    double seconds = 10;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            description = "gives up when nothing has come for so long (${DEFAULT-VALUE})")
    double stall = 5;

    @Option(names = "--no-delay", description = "turns Nagle's algorithm off; the founding documents leave it on")
    boolean noDelay;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "TLS: certificates to trust, PEM; without it the server's is not checked")
    Optional<Path> trust = Optional.empty();

    /** Refuses what makes no sense. */
    final void check() {
        positive("threads", threads);
        positive("clients", clients);
        positive("size", size);
        if (!(seconds > 0) || !(stall > 0)) {
            throw new IllegalArgumentException("seconds, stall: " + seconds + ", " + stall + " (expected: above 0)");
        }
    }

    /** How a TLS client checks the server. */
    final Tls tls() {
        return trust.map(file -> Tls.client().trust(file))
                .orElseGet(() -> Tls.client().insecureTrustEverything());
    }

    static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
