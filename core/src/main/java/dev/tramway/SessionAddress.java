package dev.tramway;

import java.util.UUID;

/**
 * Where a session lives, for {@link TcpServer#send(SessionAddress, java.nio.ByteBuffer)} on any node of a cluster.
 *
 * @param server {@link TcpServer#id} of its server
 * @param session {@link Session#id}
 */
public record SessionAddress(UUID server, UUID session) {
    /**
     * The address of a server's session.
     *
     * @param session one that a server accepted
     * @throws IllegalStateException if a client made it
     */
    public static SessionAddress of(Session session) {
        return new SessionAddress(session.server().id(), session.id());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text two ids with a slash between them
     * @throws IllegalArgumentException if it is anything else
     */
    public static SessionAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("session address: " + text + " (expected: two ids, as in a/b)");
        }
        return new SessionAddress(
                UUID.fromString(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return server + "/" + session;
    }
}
