package dev.tramway.scale;

import dev.tramway.testing.Wire;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to run the two processes.
 *
 * @param loops event loops of the server; 0 for one per core
 * @param tls TLS or plain
 */
record Setup(int loops, boolean tls) {
    /** Records of leaks would be counted as memory and work of what is measured. */
    static final String NO_LEAK_RECORDS = "-Dio.netty.leakDetection.level=disabled";

    /** Starts the server process; with TLS, it has a plain port as well. */
    Child server(Path directory, List<String> flags) {
        if (!tls) {
            return Child.start(ScaleServer.class, flags, loopCount());
        }
        Path key = directory.resolve("server.key");
        Wire.credentials().writePem(chain(directory), key, "");
        return Child.start(ScaleServer.class, flags, loopCount(), chain(directory), key);
    }

    /** Starts a process of clients. */
    Child clients(Path directory, Child server, List<String> flags) {
        long port = server.ask("ports").get(tls ? "tls" : "plain");
        return tls
                ? Child.start(ScaleClients.class, flags, port, chain(directory))
                : Child.start(ScaleClients.class, flags, port);
    }

    /** Starts a process of clients that are no part of Tramway, for both ports. */
    static Child churn(Path directory, Child server) {
        Figures ports = server.ask("ports");
        return Child.start(ChurnClients.class, List.of(), ports.get("plain"), ports.get("tls"), chain(directory));
    }

    private static Path chain(Path directory) {
        return directory.resolve("server.crt");
    }

    private int loopCount() {
        return loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
    }

    @Override
    public String toString() {
        return (tls ? "TLS, " : "plain, ") + loopCount() + (loopCount() == 1 ? " loop" : " loops");
    }
}
