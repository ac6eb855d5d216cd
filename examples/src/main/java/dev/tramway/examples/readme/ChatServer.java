package dev.tramway.examples.readme;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.Text;

/** The first look: a chat. */
final class ChatServer {
    private ChatServer() {}

    public static void main(String[] args) throws InterruptedException {
        try (var io = IoService.start();
                var server = TcpServer.on(io)
                        .port(1111)
                        .framing(Framing.lines())
                        .onConnect(session -> session.send("Hello, send '!' to leave"))
                        .onMessage((session, message) -> {
                            if (Text.equals(message, "!")) {
                                session.close();
                            } else {
                                session.server().broadcast(message);
                            }
                        })
                        .onDisconnect((session, reason) -> System.out.println(session.id() + " left: " + reason))
                        .start()) {
            server.awaitStop();
        }
    }
}
