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
        if (size <= SHORT && message.order() == target.order()) {
            putByWords(message, from, size, target, at);
        } else {
            target.put(at, message, from, size);
        }
        target.position(at + size);
    }

    private static void putByWords(ByteBuffer message, int from, int size, ByteBuffer target, int at) {
        int done = 0;
        for (; done + Long.BYTES <= size; done += Long.BYTES) {
            target.putLong(at + done, message.getLong(from + done));
        }
        for (; done < size; done++) {
            target.put(at + done, message.get(from + done));
        }
    }
}
