package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ThrowingRunnable;

/** Ports for servers that cannot choose one themselves, and that come back on the same one after a while. */
public final class Ports {
    /** Below what systems give to clients, so that nobody takes it while the server is away. */
    private static final int FROM = 20_000;

    private static final int TO = 30_000;

    private Ports() {}

    /** A port that nobody has now. */
    public static int free() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (java.net.BindException e) {
                // taken: another one
            }
        }
    }

    /** Waits until a server takes connections; one that does not is not left running. */
    static void awaitOpen(int port, Process process) {
        await(process, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    /** Waits until a program is ready; one that does not get there is not left running. */
    public static void await(Process process, ThrowingRunnable ready) {
        try {
            Waits.asserted(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("ended with code " + process.exitValue());
                }
                ready.run();
            });
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }
}
