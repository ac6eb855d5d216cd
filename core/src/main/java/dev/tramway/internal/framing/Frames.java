package dev.tramway.internal.framing;

import java.nio.ByteBuffer;

/** What frame writers have in common. */
final class Frames {
    /** Up to this size a copy word by word is faster than the JDK's call out of compiled code. */
    private static final int SHORT = 64;

    private Frames() {}

    /** Appends a message without moving its position, so that threads may share a message to send. */
    static void put(ByteBuffer message, ByteBuffer target) {
        put(message, target, target.position());
    }

    /** The same at an index behind the position, where a header has been put already. */
    static void put(ByteBuffer message, ByteBuffer target, int at) {
        int size = message.remaining();
        int from = message.position();
        if (size > SHORT || message.order() != target.order()) {
            target.put(at, message, from, size);
        } else {
            int words = size & -Long.BYTES;
            for (int i = 0; i < words; i += Long.BYTES) {
                target.putLong(at + i, message.getLong(from + i));
            }
            for (int i = words; i < size; i++) {
                target.put(at + i, message.get(from + i));
            }
        }
        target.position(at + size);
    }
}
