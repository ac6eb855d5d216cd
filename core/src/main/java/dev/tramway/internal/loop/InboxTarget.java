package dev.tramway.internal.loop;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes what another thread put into a loop's {@link Inbox}. Lives on that loop. */
public interface InboxTarget {
    /**
     * Handles one entry.
     *
     * @param message the bytes that were put, valid only during the call; empty if none were
     * @param detail the object that was put with them
     */
    void receive(ByteBuffer message, @Nullable Object detail);
}
