package dev.tramway.frames.internal.cut;

import java.nio.ByteBuffer;

/** Bytes that must stand at a place; some may be anything. */
public final class Marker {
    /** Anything goes. */
    public static final Marker NONE = new Marker(new byte[0], new boolean[0]);

    private final byte[] bytes;
    private final boolean[] any;

    /** How bytes compare with a marker. */
    enum Match {
        YES,
        NO,
        /** As far as there are bytes. */
        SO_FAR
    }

    /**
     * A marker.
     *
     * @param bytes its bytes
     * @param any true for each that may be anything
     */
    public Marker(byte[] bytes, boolean[] any) {
        this.bytes = bytes.clone();
        this.any = any.clone();
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    Match match(ByteBuffer buffer, int from, int to) {
        int there = Math.min(bytes.length, to - from);
        for (int i = 0; i < there; i++) {
            if (!any[i] && buffer.get(from + i) != bytes[i]) {
                return Match.NO;
            }
        }
        return there == bytes.length ? Match.YES : Match.SO_FAR;
    }

    /** Index of the first occurrence that lies wholly before {@code to}; -1 if there is none. */
    int find(ByteBuffer buffer, int from, int to) {
        for (int at = from; at + bytes.length <= to; at++) {
            if (match(buffer, at, to) == Match.YES) {
                return at;
            }
        }
        return -1;
    }
}
