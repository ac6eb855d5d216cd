package dev.tramway.frames.internal.cut;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is put around and into a frame on the wire, so that a marker cannot occur in it. A value, used by any thread. */
public sealed interface Wrapping {
    /** The frame that lies in these bytes; null if they are not wrapped in this way. */
    byte @Nullable [] unwrap(ByteBuffer bytes, int from, int to);

    /** The bytes for a frame. */
    byte[] wrap(byte[] frame);

    /**
     * Bytes that stand for others.
     *
     * @param escaped on the wire
     * @param plain in the frame
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Escape(byte[] escaped, byte[] plain) {
        boolean isEscaped(ByteBuffer bytes, int at, int to) {
            return isAt(escaped, bytes, at, to);
        }

        boolean isPlain(ByteBuffer bytes, int at, int to) {
            return isAt(plain, bytes, at, to);
        }

        private static boolean isAt(byte[] wanted, ByteBuffer bytes, int at, int to) {
            if (to - at < wanted.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (bytes.get(at + i) != wanted[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Escapes between two markers.
     *
     * @param start marker in front
     * @param end marker behind
     * @param escapes what is escaped
     * @param keepsMarkers true if the frame has its markers, false if it is what lies between them
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Stuffed(byte[] start, byte[] end, List<Escape> escapes, boolean keepsMarkers) implements Wrapping {
        @Override
        public byte @Nullable [] unwrap(ByteBuffer bytes, int from, int to) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream(to - from);
            int at = from + start.length;
            int last = to - end.length;
            frame.write(start, 0, keepsMarkers ? start.length : 0);
            while (at < last) {
                Escape escape = escapedAt(bytes, at, last);
                if (escape != null) {
                    frame.write(escape.plain, 0, escape.plain.length);
                    at += escape.escaped.length;
                } else if (isLead(bytes.get(at))) {
                    return null;
                } else {
                    frame.write(bytes.get(at++));
                }
            }
            frame.write(end, 0, keepsMarkers ? end.length : 0);
            return frame.toByteArray();
        }

        private @Nullable Escape escapedAt(ByteBuffer bytes, int at, int to) {
            for (Escape escape : escapes) {
                if (escape.isEscaped(bytes, at, to)) {
                    return escape;
                }
            }
            return null;
        }

        /** A single byte that begins all escapes cannot stand for itself. */
        private boolean isLead(byte value) {
            for (Escape escape : escapes) {
                if (escape.escaped[0] != value || escape.escaped.length != 2) {
                    return false;
                }
            }
            return !escapes.isEmpty();
        }

        @Override
        public byte[] wrap(byte[] frame) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream(2 * frame.length + 4);
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            int at = keepsMarkers ? start.length : 0;
            int last = keepsMarkers ? frame.length - end.length : frame.length;
            wire.write(start, 0, start.length);
            while (at < last) {
                Escape escape = plainAt(bytes, at, last);
                if (escape == null) {
                    wire.write(frame[at++]);
                } else {
                    wire.write(escape.escaped, 0, escape.escaped.length);
                    at += escape.plain.length;
                }
            }
            wire.write(end, 0, end.length);
            return wire.toByteArray();
        }

        private @Nullable Escape plainAt(ByteBuffer bytes, int at, int to) {
            for (Escape escape : escapes) {
                if (escape.isPlain(bytes, at, to)) {
                    return escape;
                }
            }
            return null;
        }
    }

    /** Lines that end with LF or CR LF, which do not belong to the frame; CR LF is written. */
    record Lines() implements Wrapping {
        @Override
        public byte[] unwrap(ByteBuffer bytes, int from, int to) {
            int last = to - 1;
            if (last > from && bytes.get(last - 1) == '\r') {
                last--;
            }
            byte[] frame = new byte[last - from];
            bytes.get(from, frame);
            return frame;
        }

        @Override
        public byte[] wrap(byte[] frame) {
            byte[] wire = java.util.Arrays.copyOf(frame, frame.length + 2);
            wire[frame.length] = '\r';
            wire[frame.length + 1] = '\n';
            return wire;
        }
    }

    /** A colon, two upper-case hex digits for each byte, CR LF: as Modbus ASCII has it. */
    record HexLine() implements Wrapping {
        private static final String DIGITS = "0123456789ABCDEF";

        @Override
        public byte @Nullable [] unwrap(ByteBuffer bytes, int from, int to) {
            int digits = to - from - 3;
            if (digits < 0 || digits % 2 != 0) {
                return null;
            }
            byte[] frame = new byte[digits / 2];
            for (int i = 0; i < frame.length; i++) {
                int high = DIGITS.indexOf(bytes.get(from + 1 + 2 * i));
                int low = DIGITS.indexOf(bytes.get(from + 2 + 2 * i));
                if (high < 0 || low < 0) {
                    return null;
                }
                frame[i] = (byte) (high << 4 | low);
            }
            return frame;
        }

        @Override
        public byte[] wrap(byte[] frame) {
            String line = ":" + HexFormat.of().withUpperCase().formatHex(frame) + "\r\n";
            return line.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Consistent overhead byte stuffing: each zero is replaced by the distance to the next, and a zero ends the frame. */
    record Cobs() implements Wrapping {
        private static final int LONGEST_RUN = 254;

        @Override
        public byte @Nullable [] unwrap(ByteBuffer bytes, int from, int to) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream(to - from);
            int last = to - 1;
            int at = from;
            while (at < last) {
                int code = bytes.get(at) & 0xff;
                if (code == 0 || at + code > last) {
                    return null;
                }
                for (int i = 1; i < code; i++) {
                    frame.write(bytes.get(at + i));
                }
                at += code;
                if (code <= LONGEST_RUN && at < last) {
                    frame.write(0);
                }
            }
            return frame.toByteArray();
        }

        @Override
        public byte[] wrap(byte[] frame) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream(frame.length + frame.length / LONGEST_RUN + 2);
            int run = 0;
            boolean full = false;
            for (int i = 0; i < frame.length; i++) {
                if (frame[i] == 0) {
                    flush(frame, run, i, wire);
                    run = i + 1;
                    full = false;
                } else if (i + 1 - run == LONGEST_RUN) {
                    flush(frame, run, i + 1, wire);
                    run = i + 1;
                    full = true;
                } else {
                    full = false;
                }
            }
            if (!full) {
                flush(frame, run, frame.length, wire);
            }
            wire.write(0);
            return wire.toByteArray();
        }

        private static void flush(byte[] frame, int from, int to, ByteArrayOutputStream wire) {
            wire.write(to - from + 1);
            wire.write(frame, from, to - from);
        }
    }

    /**
     * DLE STX … DLE ETX with doubled DLEs, and bytes behind that belong to the frame.
     *
     * @param tail how many of these
     */
    record DoubledDle(int tail) implements Wrapping {
        @Override
        public byte[] unwrap(ByteBuffer bytes, int from, int to) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream(to - from);
            int last = to - tail - 2;
            for (int at = from + 2; at < last; at++) {
                frame.write(bytes.get(at));
                at += bytes.get(at) == Cutter.DoubledDle.DLE ? 1 : 0;
            }
            for (int at = to - tail; at < to; at++) {
                frame.write(bytes.get(at));
            }
            return frame.toByteArray();
        }

        @Override
        public byte[] wrap(byte[] frame) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream(2 * frame.length + 4);
            wire.write(Cutter.DoubledDle.DLE);
            wire.write(Cutter.DoubledDle.STX);
            int content = Math.max(0, frame.length - tail);
            for (int i = 0; i < content; i++) {
                wire.write(frame[i]);
                if (frame[i] == Cutter.DoubledDle.DLE) {
                    wire.write(frame[i]);
                }
            }
            wire.write(Cutter.DoubledDle.DLE);
            wire.write(Cutter.DoubledDle.ETX);
            wire.write(frame, content, frame.length - content);
            return wire.toByteArray();
        }
    }

    /**
     * One of several kinds of frames.
     *
     * @param cutter says which frames are of this kind
     * @param wrapping what is around them; null if nothing
     */
    record Kind(Cutter cutter, @Nullable Wrapping wrapping) {
        boolean isThat(ByteBuffer bytes, int from, int to) {
            return to > from && cutter.size(bytes, from, to, 0) == to - from;
        }
    }

    /**
     * Each kind of frame in its own way. A frame to be sent goes bare if it is of a kind that goes bare, otherwise it is
     * wrapped as the first other kind is.
     *
     * @param kinds tried in order
     */
    record Mixed(List<Kind> kinds) implements Wrapping {
        @Override
        public byte @Nullable [] unwrap(ByteBuffer bytes, int from, int to) {
            for (Kind kind : kinds) {
                if (kind.isThat(bytes, from, to)) {
                    return kind.wrapping == null ? bare(bytes, from, to) : kind.wrapping.unwrap(bytes, from, to);
                }
            }
            return null;
        }

        private static byte[] bare(ByteBuffer bytes, int from, int to) {
            byte[] frame = new byte[to - from];
            bytes.get(from, frame);
            return frame;
        }

        @Override
        public byte[] wrap(byte[] frame) {
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            Wrapping around = null;
            for (Kind kind : kinds) {
                if (kind.wrapping == null && kind.isThat(bytes, 0, frame.length)) {
                    return frame;
                }
                around = around == null ? kind.wrapping : around;
            }
            return around == null ? frame : around.wrap(frame);
        }
    }
}
