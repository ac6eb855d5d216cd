package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.CloseReason;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what clients send to another server, and its answers back. A receiver that is slow slows its sender down: while
 * its queue is full, nothing more is read from the other side, until TCP stops the sender. Memory stays bounded.
 */
public final class Relay {
    /** A full queue answers {@link SendResult#FULL} and takes nothing, so that nothing is lost. */
    private static final Outbound QUEUE = Outbound.limit(256 * 1024).whenFull(Outbound.WhenFull.DROP_NEWEST);

    private final IoService io;
    private final String host;
    private final int port;

    private Relay(IoService io, String host, int port) {
        this.io = io;
        this.host = host;
        this.port = port;
    }

    /**
     * Runs the example.
     *
     * @param args port to listen on (5557), address (127.0.0.1) and port (1111) to relay to
     */
    public static void main(String[] args) {
        int listen = number(args, 0, 5557);
        String host = text(args, 1, "127.0.0.1");
        int port = number(args, 2, 1111);

        // One loop, so that both ends of a link live on it: there, send knows at once whether the queue has room.
        try (IoService io = IoService.builder().threads(1).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(listen)
                        .outbound(QUEUE)
                        .onConnect(new Relay(io, host, port)::accepted)
                        .start()) {
            say("Server listens on port " + server.port() + " and relays to " + host + ":" + port);
            Terminal.runServer(() -> server.restart().join(), line -> say("A relay sends nothing of its own"));
            step("Server stopping", server::close);
        }
    }

    private void accepted(Session near) {
        near.pauseReading(); // until there is somebody to send to
        TcpClient client = TcpClient.on(io)
                .to(host, port)
                .outbound(QUEUE)
                .onConnect(far -> {
                    new Direction(near, far).begin();
                    new Direction(far, near).begin();
                    near.resumeReading();
                })
                .onConnectFailed((failed, error) -> {
                    say(error.text());
                    near.close();
                })
                .build();
        near.onDisconnect((session, reason) -> {
            if (!client.isConnected()) {
                client.close();
            }
        });
        client.connectAsync();
    }

    /** One direction of a link. Lives on the event loop. */
    private static final class Direction implements SessionListener {
        private final Session from;
        private final Session to;
        private long bytes;
        private int pauses;

        /** What the full queue did not take; nothing more is read before it has. */
        private @Nullable ByteBuffer held;

        Direction(Session from, Session to) {
            this.from = from;
            this.to = to;
        }

        void begin() {
            from.listen(this);
            to.listen(this);
        }

        @Override
        public void onMessage(Session session, ByteBuffer message) {
            if (session != from) {
                return;
            }
            bytes += message.remaining();
            if (to.send(message) == SendResult.FULL) {
                from.pauseReading();
                pauses++;
                held = ByteBuffer.allocate(message.remaining()).put(message).flip();
            }
        }

        @Override
        public void onWritable(Session session) {
            ByteBuffer rest = held;
            if (session != to || rest == null) {
                return;
            }
            SendResult result = from.isOpen() ? to.send(rest) : to.sendAndClose(rest);
            if (result != SendResult.FULL) {
                held = null;
                from.resumeReading();
            }
        }

        @Override
        public void onDisconnect(Session session, CloseReason reason) {
            if (session != from) {
                return;
            }
            say("From " + from.remoteAddress() + " to " + to.remoteAddress() + ": " + bytes + " bytes, paused " + pauses
                    + " times, " + reason);
            if (held == null) {
                to.sendAndClose(ByteBuffer.allocate(0)); // after what is in its queue
            }
        }
    }
}
