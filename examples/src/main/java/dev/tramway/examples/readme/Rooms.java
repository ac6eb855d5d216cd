package dev.tramway.examples.readme;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.TcpServer;
import dev.tramway.Text;

/** Groups, and what happens to those who read too slowly. */
final class Rooms {
    private Rooms() {}

    static TcpServer start(IoService io) {
        return TcpServer.on(io)
                .port(1111)
                .framing(Framing.lengthPrefixed(4, 64 * 1024))
                .outbound(Outbound.limit(256 * 1024).whenFull(Outbound.WhenFull.DROP_OLDEST))
                .onMessage((session, message) -> {
                    var room = session.server().group("lobby");
                    if (Text.equals(message, "join")) {
                        room.add(session); // leaves by itself when the session ends
                    } else {
                        room.broadcast(message, session); // to all but the sender
                    }
                })
                .start();
    }
}
