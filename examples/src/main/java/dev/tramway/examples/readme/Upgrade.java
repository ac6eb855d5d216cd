package dev.tramway.examples.readme;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.Text;

/** A change of protocol in mid-stream. */
final class Upgrade {
    private Upgrade() {}

    static TcpServer start(IoService io) {
        return TcpServer.on(io)
                .port(1111)
                .framing(Framing.lines())
                .onMessage((session, message) -> {
                    session.send(message);
                    if (Text.equals(message, "binary")) {
                        session.framing(Framing.lengthPrefixed(2, 65_535)); // from the next byte on
                    }
                })
                .start();
    }
}
