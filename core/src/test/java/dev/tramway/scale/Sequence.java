package dev.tramway.scale;

import dev.tramway.Framing;
import java.nio.ByteBuffer;

/**
 * One direction of one connection: numbered messages, whose size and bytes follow from their number, so that a message
 * that is lost, repeated, out of order, cut wrongly or damaged is noticed. Not for use by several threads at once.
 */
final class Sequence {
    /** For all connections of these programs. */
    static final Framing FRAMING = Framing.lengthPrefixed(2, 1024);

    /** Longest message in bytes. */
    static final int LONGEST = 64;

    private static final int SMALLEST = 16;

    private long number;

    /** Number of the next message. */
    long number() {
        return number;
    }

    /** Puts the next message into a buffer, which is cleared before. */
    ByteBuffer next(ByteBuffer into) {
        into.clear().putLong(number);
        for (int left = size(number) - Long.BYTES; left > 0; left--) {
            into.put((byte) (number + left));
        }
        number++;
        return into.flip();
    }

    /** Tells whether a message is the next one; goes on behind it in any case. */
    boolean isNext(ByteBuffer message) {
        if (message.remaining() < SMALLEST) {
            return false;
        }
        long found = message.getLong();
        boolean right = found == number && message.remaining() == size(found) - Long.BYTES;
        while (message.hasRemaining()) {
            right &= message.get() == (byte) (found + message.remaining() + 1);
        }
        number = found + 1;
        return right;
    }

    private static int size(long number) {
        return SMALLEST + (int) (number % (LONGEST - SMALLEST + 1));
    }
}
