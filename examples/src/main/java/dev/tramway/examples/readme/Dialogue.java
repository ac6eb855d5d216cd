package dev.tramway.examples.readme;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.Text;

/** Blocking style. */
final class Dialogue {
    private Dialogue() {}

    static TcpServer start(IoService io) {
        return TcpServer.on(io)
                .port(1111)
                .framing(Framing.lines())
                .handle(
                        connection -> { // on a virtual thread of its own, which may wait
                            connection.send("What is your name?");
                            for (var line : connection) {
                                connection.send("Hello, " + Text.of(line) + "!");
                            }
                        })
                .start();
    }
}
