package dev.tramway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A group on all nodes of a {@link Cluster}, got by {@link Group#everywhere}: its members are those of the groups of that name
 * on each node. Without a cluster it is the one group of the server. All methods may be called from any thread, and none waits.
 *
 * <p>A broadcast reaches the members on this node as a broadcast of the group does, and those on other nodes at most once. What
 * one thread sends arrives everywhere in the order of its calls, together with what it sends to single sessions.
 */
public interface SharedGroup {
    /** Its name. */
    String name();

    /**
     * Sends a message to all members on all nodes.
     *
     * @param message from position to limit; neither is moved
     * @return {@link SendResult#FULL} if there is no room here or on the way to the other nodes: then no member gets it;
     *     {@link SendResult#CLOSED} once the server stops. While the other nodes cannot be reached it is
     *     {@link SendResult#ACCEPTED}, for the members here.
     */
    SendResult broadcast(ByteBuffer message);

    /**
     * Sends a message to all members on all nodes but one.
     *
     * @param message from position to limit; neither is moved
     * @param except who does not get it, a session of this server
     * @return see {@link #broadcast(ByteBuffer)}
     */
    SendResult broadcast(ByteBuffer message, Session except);

    /**
     * Sends a message to all members on all nodes.
     *
     * @param message all of it
     * @return see {@link #broadcast(ByteBuffer)}
     */
    default SendResult broadcast(byte[] message) {
        return broadcast(ByteBuffer.wrap(message));
    }

    /**
     * Sends text in UTF-8 to all members on all nodes.
     *
     * @param message its characters
     * @return see {@link #broadcast(ByteBuffer)}
     */
    default SendResult broadcast(CharSequence message) {
        return broadcast(message.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Counts the members on all nodes.
     *
     * @return completes when all nodes have answered, or after a second with the sum of those that have
     */
    CompletableFuture<Long> size();
}
