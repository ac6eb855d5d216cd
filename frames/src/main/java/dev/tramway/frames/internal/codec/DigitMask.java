package dev.tramway.frames.internal.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All decimal digits of a frame whose fields lie at fixed places, looked at sixteen at a time: words of eight bytes, and for
 * each the highest bits of the half bytes that must be digits. A half byte is no digit if its highest bit is set together
 * with one of the two below it.
 */
final class DigitMask {
    private static final int WORD = 8;

    /** Bytes of the shortest frame that can be looked at in this way. */
    static final int LEAST_FRAME = WORD;

    private final int[] places;
    private final long[] masks;

    private DigitMask(int[] places, long[] masks) {
        this.places = places;
        this.masks = masks;
    }

    /**
     * The digits of some fields.
     *
     * @param fields lie at fixed places from the start of the frame
     * @param frame size of the frame in bytes, at least eight if there are fields
     */
    static DigitMask of(List<FieldNode> fields, int frame) {
        boolean[] isDigit = new boolean[2 * frame];
        for (FieldNode field : fields) {
            for (int bit = 0; bit < field.type().bits(); bit += 4) {
                isDigit[(field.fromStart() + bit) / 4] = true;
            }
        }
        List<Integer> places = new ArrayList<>();
        List<Long> masks = new ArrayList<>();
        for (int half = 0; half < isDigit.length; half++) {
            if (isDigit[half]) {
                int place = Math.min(half / 2, frame - WORD);
                long mask = 0;
                for (int i = 0; i < 2 * WORD; i++) {
                    mask = mask << 4 | (isDigit[2 * place + i] ? 8 : 0);
                    isDigit[2 * place + i] = false;
                }
                places.add(place);
                masks.add(mask);
            }
        }
        return new DigitMask(
                places.stream().mapToInt(Integer::intValue).toArray(),
                masks.stream().mapToLong(Long::longValue).toArray());
    }

    /** True if all are digits in the frame that begins at an index. */
    boolean areDecimal(ByteBuffer bytes, int from) {
        long wrong = 0;
        for (int i = 0; i < places.length; i++) {
            long raw = bytes.getLong(from + places[i]);
            wrong |= raw & (raw << 1 | raw << 2) & masks[i];
        }
        return wrong == 0;
    }
}
