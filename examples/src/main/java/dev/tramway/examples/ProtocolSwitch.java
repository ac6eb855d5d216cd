package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import java.nio.ByteBuffer;

/**
 * An echo whose connections change their protocol in mid-stream: they begin with lines; the message {@code binary} changes
 * to messages with a two-byte length in front, {@code lines} changes back. What was sent right behind such a message, in the
 * same packet, is read in the new protocol already.
 */
public final class ProtocolSwitch {
    private static final Framing LINES = Framing.lines();
    private static final Framing BINARY = Framing.lengthPrefixed(2, 65_535);

    private ProtocolSwitch() {}

    /**
     * Runs the example.
     *
     * @param args port (5556)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 5556);
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(port)
                        .framing(LINES)
                        .onMessage(ProtocolSwitch::received)
                        .start()) {
            say("Server listens on port " + server.port());
            // Each session gets it in the protocol that it speaks at this moment.
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast(line));
            step("Server stopping", server::close);
        }
    }

    private static void received(Session session, ByteBuffer message) {
        session.send(message);
        if (Text.equals(message, "binary")) {
            session.framing(BINARY);
        } else if (Text.equals(message, "lines")) {
            session.framing(LINES);
        }
    }
}
