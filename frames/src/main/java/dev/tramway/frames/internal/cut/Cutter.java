package dev.tramway.frames.internal.cut;

import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.Type;
import java.nio.ByteBuffer;
import java.util.List;

/** Says how long the frame is that begins at an index. A value, used by any thread. */
public sealed interface Cutter {
    /** There is no telling yet. */
    int UNKNOWN = 0;

    /** No frame begins there. */
    int NONE = -1;

    /**
     * Measures.
     *
     * @param bytes where to look
     * @param from index at which a frame may begin
     * @param to index behind the last byte that has arrived
     * @param looked how many bytes from there were looked at before, in vain
     * @return size in bytes, which may be more than there are; {@link #UNKNOWN} or {@link #NONE}
     */
    int size(ByteBuffer bytes, int from, int to, int looked);

    /**
     * Always the same size.
     *
     * @param start what it begins with
     * @param size bytes
     * @param end what it ends with
     */
    record Fixed(Marker start, int size, Marker end) implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            return start.match(bytes, from, to) == Marker.Match.NO ? NONE : ended(end, bytes, from, to, size);
        }
    }

    /**
     * A length at a fixed place.
     *
     * @param start what a frame begins with
     * @param at byte of the frame at which the length stands
     * @param type how it is written
     * @param mask bits of it that count
     * @param adds bytes that it does not count
     * @param least least value
     * @param most most value
     * @param limit most bytes of the frame
     * @param end what a frame ends with
     */
    record Length(Marker start, int at, Type type, long mask, int adds, long least, long most, int limit, Marker end)
            implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            if (start.match(bytes, from, to) == Marker.Match.NO) {
                return NONE;
            }
            int place = from + at;
            int needed = at + type.bits() / 8;
            if (to - from < needed) {
                return needed;
            }
            int bit = 8 * place;
            if (!type.isValid(bytes, bit, bit + type.bits())) {
                return NONE;
            }
            long value = type.integer(bytes, bit, bit + type.bits()) & mask;
            if (value < least || value > most || value + adds > limit || value + adds < needed) {
                return NONE;
            }
            return ended(end, bytes, from, to, (int) value + adds);
        }
    }

    /**
     * A size that an expression tells from the first bytes.
     *
     * @param start what a frame begins with
     * @param header bytes that the expression looks at
     * @param is the expression
     * @param limit most bytes of the frame
     * @param end what a frame ends with
     */
    record Computed(Marker start, int header, Expr is, int limit, Marker end) implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            if (start.match(bytes, from, to) == Marker.Match.NO) {
                return NONE;
            }
            if (to - from < header) {
                return header;
            }
            Bytes scope = new Bytes(bytes, from, to);
            long size = is.integer(scope);
            return scope.failed || size < header || size > limit ? NONE : ended(end, bytes, from, to, (int) size);
        }
    }

    /**
     * A marker at the end.
     *
     * @param start what a frame begins with
     * @param ends what it ends with: the first of these that comes
     * @param tail bytes that follow the end and still belong to the frame
     * @param limit most bytes of the frame on the wire
     */
    record Marked(Marker start, List<Marker> ends, int tail, int limit) implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            Marker.Match begins = start.match(bytes, from, to);
            if (begins != Marker.Match.YES) {
                return begins == Marker.Match.NO ? NONE : UNKNOWN;
            }
            int found = Integer.MAX_VALUE;
            int size = 0;
            for (Marker end : ends) {
                int first = from + Math.max(start.size(), looked - end.size() + 1);
                int at = end.find(bytes, first, to);
                if (at >= 0 && at < found) {
                    found = at;
                    size = at + end.size() + tail - from;
                }
            }
            if (size == 0) {
                return to - from >= limit ? NONE : UNKNOWN;
            }
            boolean empty = found == from + start.size() && start.size() > 0;
            return size > limit || empty ? NONE : size;
        }
    }

    /**
     * DLE STX … DLE ETX: a DLE before any other byte is part of the content.
     *
     * @param tail bytes that follow and still belong to the frame
     * @param limit most bytes of the frame on the wire
     */
    record DoubledDle(int tail, int limit) implements Cutter {
        static final byte DLE = 0x10;
        static final byte STX = 0x02;
        static final byte ETX = 0x03;

        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            if (bytes.get(from) != DLE || (to - from > 1 && bytes.get(from + 1) != STX)) {
                return NONE;
            }
            int at = from + 2;
            while (at + 1 < to) {
                if (bytes.get(at) != DLE) {
                    at++;
                } else if (bytes.get(at + 1) == ETX) {
                    return at + 2 + tail - from <= limit ? at + 2 + tail - from : NONE;
                } else if (bytes.get(at + 1) == DLE) {
                    at += 2;
                } else {
                    return NONE;
                }
            }
            return to - from >= limit ? NONE : UNKNOWN;
        }
    }

    /**
     * Several kinds of frames, told apart by what they begin with.
     *
     * @param kinds tried in order
     */
    record OneOf(List<Cutter> kinds) implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            for (Cutter kind : kinds) {
                int size = kind.size(bytes, from, to, looked);
                if (size != NONE) {
                    return size;
                }
            }
            return NONE;
        }
    }

    /** Everything there is: one datagram, or what came before a pause. */
    record Whole() implements Cutter {
        @Override
        public int size(ByteBuffer bytes, int from, int to, int looked) {
            return to - from;
        }
    }

    private static int ended(Marker end, ByteBuffer bytes, int from, int to, int size) {
        if (size < end.size()) {
            return NONE;
        }
        boolean there = to - from >= size;
        return there && end.match(bytes, from + size - end.size(), to) != Marker.Match.YES ? NONE : size;
    }

    /** What expressions see of bytes that are no frame yet. */
    final class Bytes implements Scope {
        private final ByteBuffer bytes;
        private final int from;
        private final int to;
        private boolean failed;

        Bytes(ByteBuffer bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public int byteAt(long index) {
            return index < 0 || index >= to - from ? 0 : bytes.get(from + (int) index) & 0xff;
        }

        @Override
        public int frameSize() {
            return to - from;
        }

        @Override
        public int rest() {
            return to - from;
        }

        @Override
        public long now() {
            return System.currentTimeMillis();
        }

        @Override
        public void fault(String what) {
            failed = true;
        }
    }
}
