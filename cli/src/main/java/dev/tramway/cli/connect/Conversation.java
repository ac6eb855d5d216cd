package dev.tramway.cli.connect;

import dev.tramway.CloseReason;
import dev.tramway.ClosedException;
import dev.tramway.IoService;
import dev.tramway.MulticastGroup;
import dev.tramway.TcpClient;
import dev.tramway.UdpEndpoint;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One conversation by hand. It ends when the other side ends it, or when input has ended and nothing more has come for a while.
 *
 * <p>What comes is shown by a thread of its own, so that a terminal that stands still stops the other side and not the loop.
 */
final class Conversation {
    private final Screen screen;
    private final Duration wait;

    /** Completes with the reason, which is empty if the end was in order. */
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private final CompletableFuture<Void> inputEnded = new CompletableFuture<>();
    private volatile long lastSign;

    Conversation(PrintWriter out, Duration wait) {
        this.screen = new Screen(out);
        this.wait = wait;
    }

    /** Talks over TCP or TLS. */
    void byStream(IoService io, String host, int port, UnaryOperator<TcpClient.Builder> settings)
            throws InterruptedException {
        try (ExecutorService showing = Executors.newSingleThreadExecutor();
                TcpClient client = settings.apply(TcpClient.on(io).to(host, port))
                        .handlers(showing)
                        .onMessage((session, bytes) -> show(bytes))
                        .onDisconnect((session, reason) -> ended.complete(trouble(reason)))
                        .connect()) {
            var session = client.session();
            session.ifPresent(open -> read(Keyboard::nextBytes, open::sendAsync));
            awaitEnd();
        }
    }

    /** Talks over UDP, a line in a datagram. */
    void byDatagrams(IoService io, String host, int port) throws InterruptedException {
        try (ExecutorService showing = Executors.newSingleThreadExecutor();
                UdpEndpoint endpoint = UdpEndpoint.on(io)
                        .connect(host, port)
                        .handlers(showing)
                        .onDatagram((self, from, datagram) -> show(datagram))
                        .onError((self, error) -> ended.complete(error.text()))
                        .start()) {
            read(Keyboard::nextLine, endpoint::sendAsync);
            awaitEnd();
        }
    }

    /** Shows what is sent to a group, until the process is stopped. */
    void listen(IoService io, MulticastGroup group, int port) throws InterruptedException {
        String any = group.address() instanceof Inet6Address ? "::" : "0.0.0.0";
        try (ExecutorService showing = Executors.newSingleThreadExecutor();
                UdpEndpoint endpoint = UdpEndpoint.on(io)
                        .bind(any, port)
                        .reuseAddress(true) // so that several of one machine hear the group
                        .join(group)
                        .handlers(showing)
                        .onDatagram((self, from, datagram) -> show(datagram))
                        .onError((self, error) -> ended.complete(error.text()))
                        .start()) {
            assert endpoint.isRunning();
            awaitEnd();
        }
    }

    private static String trouble(CloseReason reason) {
        return switch (reason.kind()) {
            case PEER_CLOSED, LOCAL, SHUTDOWN -> "";
            default -> reason.toString();
        };
    }

    private void show(ByteBuffer bytes) {
        screen.show(bytes);
        lastSign = System.nanoTime();
    }

    /** Sends what is typed, piece by piece, each when the kernel has taken the one before. */
    private void read(Function<Keyboard, ByteBuffer> next, Function<ByteBuffer, CompletableFuture<Void>> send) {
        // A daemon, because a read of the terminal cannot be interrupted.
        Thread.ofPlatform().name("keyboard").daemon().start(() -> {
            try {
                Keyboard keyboard = new Keyboard(System.in);
                for (ByteBuffer typed = next.apply(keyboard); typed.hasRemaining(); typed = next.apply(keyboard)) {
                    send.apply(typed).join();
                }
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                if (cause != null && !(cause instanceof ClosedException)) {
                    ended.complete(String.valueOf(cause.getMessage()));
                } // else the end of the session tells why
            } catch (RuntimeException e) {
                ended.complete(String.valueOf(e.getMessage()));
            }
            lastSign = System.nanoTime();
            inputEnded.complete(null);
        });
    }

    private void awaitEnd() throws InterruptedException {
        CompletableFuture.anyOf(ended, inputEnded).join();
        for (long left = left(); left > 0; left = left()) {
            try {
                String trouble = ended.get(left, TimeUnit.NANOSECONDS);
                if (!trouble.isEmpty()) {
                    throw new BrokenOffException(trouble);
                }
                return;
            } catch (TimeoutException mayHaveBeenHeardMeanwhile) {
                // look again
            } catch (ExecutionException e) {
                throw new AssertionError("never completed with a failure", e);
            }
        }
    }

    private long left() {
        return Math.max(ended.isDone() ? 1 : 0, wait.toNanos() - (System.nanoTime() - lastSign));
    }
}
