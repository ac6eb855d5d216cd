package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import java.nio.ByteBuffer;

/** A chat: what one client sends, all get. A client that sends {@code !} is disconnected. */
public final class TcpChatServer {
    private static final String INVITATION =
            "Hello from TCP chat! Please send a message or '!' to disconnect the client!";

    private TcpChatServer() {}

    /**
     * Runs the example.
     *
     * @param args port (1111), address to listen on (127.0.0.1; 0.0.0.0 for all)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 1111);
        String address = text(args, 1, "127.0.0.1");
        say("TCP server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                TcpServer server = step("Server starting", () -> start(io, address, port))) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast("(admin) " + line));
            step("Server stopping", server::close);
            step("Service stopping", io::close);
        }
    }

    private static TcpServer start(IoService io, String address, int port) {
        return TcpServer.on(io)
                .address(address)
                .port(port)
                .onConnect(session -> {
                    say("Chat TCP session with Id " + session.id() + " connected!");
                    session.send(INVITATION);
                })
                .onMessage(TcpChatServer::received)
                .onError((session, error) -> say("Chat TCP session caught an error: " + error))
                .onDisconnect((session, reason) -> say("Chat TCP session with Id " + session.id() + " disconnected!"))
                .start();
    }

    private static void received(Session session, ByteBuffer message) {
        say("Incoming: " + Text.of(message));
        session.server().broadcast(message);
        if (Text.equalsLine(message, "!")) {
            session.close();
        }
    }
}
