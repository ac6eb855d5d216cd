package dev.tramway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A named set of a server's sessions that get the same messages. All methods may be called from any thread. A session
 * leaves by itself when it ends; an empty group takes no memory.
 *
 * <p>A broadcast is framed once for each event loop and framing, not once for each session, and its order with other sends
 * of the same thread is kept for every session.
 */
public interface Group {
    /** Its name, unique within the server. */
    String name();

    /**
     * Adds a session: it gets what is broadcast after this call. Adding a member again, or a session that ended, does
     * nothing.
     *
     * @param session a session of the same server
     */
    void add(Session session);

    /**
     * Removes a session: it gets what was broadcast before this call.
     *
     * @param session a member, or not
     */
    void remove(Session session);

    /** How many sessions are members now. */
    int size();

    /** The group together with those of the same name on all other nodes of the server's {@link Cluster}. */
    SharedGroup everywhere();

    /**
     * Sends a message to all members.
     *
     * @param message from position to limit; neither is moved
     * @return {@link SendResult#FULL} if an event loop's queue has no room: then no member gets it; {@link SendResult#CLOSED}
     *     once the server stops
     */
    SendResult broadcast(ByteBuffer message);

    /**
     * Sends a message to all members but one.
     *
     * @param message from position to limit; neither is moved
     * @param except who does not get it, often the sender
     * @return see {@link #broadcast(ByteBuffer)}
     */
    SendResult broadcast(ByteBuffer message, Session except);

    /**
     * Sends a message to all members.
     *
     * @param message all of it
     * @return see {@link #broadcast(ByteBuffer)}
     */
    default SendResult broadcast(byte[] message) {
        return broadcast(ByteBuffer.wrap(message));
    }

    /**
     * Sends text in UTF-8 to all members.
     *
     * @param message its characters
     * @return see {@link #broadcast(ByteBuffer)}
     */
    default SendResult broadcast(CharSequence message) {
        return broadcast(message.toString().getBytes(StandardCharsets.UTF_8));
    }
}
