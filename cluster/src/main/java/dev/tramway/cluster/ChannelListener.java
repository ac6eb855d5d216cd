package dev.tramway.cluster;

import java.nio.ByteBuffer;

/** Hears what other nodes say in a {@link Channel}. */
public interface ChannelListener {
    /**
     * Another node has said something. Called by one thread, in the order of arrival; all that comes from other nodes waits for it, and a second of
     * that is much.
     *
     * @param message from position to limit; not to be used after the method has returned
     * @return false if it found no room, which is counted as {@link ClusterStats#refusedHere}
     */
    boolean onMessage(ByteBuffer message);

    /** There may be room again after {@link Channel#send} has answered {@link dev.tramway.SendResult#FULL}. Called by any thread. */
    default void onWritable() {}
}
