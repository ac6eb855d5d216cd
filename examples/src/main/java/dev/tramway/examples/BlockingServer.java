package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.Connection;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A dialogue written from top to bottom: each connection has a virtual thread, which may wait. */
public final class BlockingServer {
    private BlockingServer() {}

    /**
     * Runs the example.
     *
     * @param args port (5558)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 5558);
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(port)
                        .framing(Framing.lines())
                        .handle(BlockingServer::talk)
                        .start()) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast(line));
            step("Server stopping", server::close);
        }
    }

    private static void talk(Connection connection) {
        connection.send("What is your name?");
        Optional<ByteBuffer> answer = connection.receive();
        if (answer.isEmpty()) {
            return;
        }
        String name = Text.of(answer.get());
        say(name + " has come");
        connection.send("Hello, " + name + "!");
        for (ByteBuffer line : connection) {
            connection.send(name + " said: " + Text.of(line));
        }
        say(name + " has left");
    }
}
