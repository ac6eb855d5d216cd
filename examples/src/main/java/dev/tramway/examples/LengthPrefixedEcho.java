package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.Text;

/** Sends back messages with a four-byte length in front, and shows the four events of a session. */
public final class LengthPrefixedEcho {
    private static final int LONGEST_MESSAGE = 1 << 20;

    private LengthPrefixedEcho() {}

    /**
     * Runs the example.
     *
     * @param args port (5555)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 5555);
        try (IoService io = IoService.builder().threads(1).start();
                TcpServer server = start(io, port)) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast(line));
            step("Server stopping", server::close);
        }
    }

    private static TcpServer start(IoService io, int port) {
        return TcpServer.on(io)
                .address("127.0.0.1")
                .port(port)
                .framing(Framing.lengthPrefixed(4, LONGEST_MESSAGE))
                .onConnect(session -> say("New connection from " + session.remoteAddress()))
                .onMessage((session, message) -> {
                    say("New message from " + session.remoteAddress() + ": " + Text.of(message));
                    session.send(message);
                })
                .onSent((session, bytes) -> say("Sent back " + bytes + " bytes to " + session.remoteAddress()))
                .onDisconnect(
                        (session, reason) -> say("Close connection from " + session.remoteAddress() + ": " + reason))
                .start();
    }
}
