package dev.tramway.checker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One message of the checker: printable, so that every framing can hold it, and complete in itself: who made it, its number
 * there, for whom it is, how long it is, and a filling that follows from its number.
 *
 * @param producer who made it, 0 to 255
 * @param number its place among all messages of that producer, 0 to 2^32 - 1
 * @param target for whom it is; see {@link Act}
 * @param framing index of the framing of what follows to the same receiver; {@link #SAME} for most
 */
record Parcel(int producer, int number, int target, int framing) {
    /** The framing stays. */
    static final int SAME = 0xff;

    /** The smallest parcel: header without filling. */
    static final int SMALLEST = 2 + 8 + 4 + 2 + 8;

    /** Its bytes, filled up to a size. */
    ByteBuffer toBytes(int size) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(size, SMALLEST));
        String header = "%02x%08x%04x%02x%08x".formatted(producer, number, target, framing, bytes.capacity());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            bytes.put(filling());
        }
        return bytes.flip();
    }

    private byte filling() {
        return (byte) ('A' + Math.floorMod(number, 50));
    }

    /** Reads a parcel; empty if its bytes are not as they were made. */
    static Optional<Parcel> of(ByteBuffer bytes) {
        int start = bytes.position();
        int size = bytes.remaining();
        if (size < SMALLEST || hex(bytes, start + 16, 8) != size) {
            return Optional.empty();
        }
        Parcel parcel = new Parcel(
                (int) hex(bytes, start, 2), (int) hex(bytes, start + 2, 8), (int) hex(bytes, start + 10, 4), (int)
                        hex(bytes, start + 14, 2));
        byte filling = parcel.filling();
        for (int i = start + SMALLEST; i < start + size; i++) {
            if (bytes.get(i) != filling) {
                return Optional.empty();
            }
        }
        return Optional.of(parcel);
    }

    private static long hex(ByteBuffer bytes, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value << 4 | Character.digit(bytes.get(i), 16);
        }
        return value;
    }
}
