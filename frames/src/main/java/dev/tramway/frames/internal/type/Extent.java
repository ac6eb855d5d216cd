package dev.tramway.frames.internal.type;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** How many bytes a text or a run of bytes takes. All places are bits at whole bytes. */
public sealed interface Extent {
    /** Size in bits, -1 if it depends on the bytes. */
    default int bits() {
        return -1;
    }

    /** Bit behind the whole value; -1 if it does not end before the limit. */
    int end(ByteBuffer bytes, int bit, int limit);

    /** Bit at which the content begins. */
    default int contentStart(int bit) {
        return bit;
    }

    /** Bit at which the content ends, of a value that ends at {@code end}. */
    default int contentEnd(int end) {
        return end;
    }

    /** Writes content, filled up with a byte where the size is fixed. */
    void write(byte[] content, int fill, Output out);

    /**
     * Always so many bytes.
     *
     * @param size bytes
     */
    record Fixed(int size) implements Extent {
        @Override
        public int bits() {
            return 8 * size;
        }

        @Override
        public int end(ByteBuffer bytes, int bit, int limit) {
            return bit + 8 * size <= limit ? bit + 8 * size : -1;
        }

        @Override
        public void write(byte[] content, int fill, Output out) {
            if (content.length > size || (content.length < size && fill < 0)) {
                throw new ValueException(content.length + " bytes", (fill < 0 ? "" : "at most ") + size);
            }
            out.bytes(content);
            for (int i = content.length; i < size; i++) {
                out.bits(fill, 8);
            }
        }
    }

    /** Up to the end of the group or frame, or of a size that the field gives. */
    record Rest() implements Extent {
        @Override
        public int end(ByteBuffer bytes, int bit, int limit) {
            return limit - (limit - bit) % 8;
        }

        @Override
        public void write(byte[] content, int fill, Output out) {
            out.bytes(content);
        }
    }

    /**
     * A size in front.
     *
     * @param size how the size is written
     */
    record Prefixed(IntType size) implements Extent {
        @Override
        public int end(ByteBuffer bytes, int bit, int limit) {
            int start = bit + size.bits();
            if (start > limit) {
                return -1;
            }
            long length = size.integer(bytes, bit, start);
            return length < 0 || length > (limit - start) / 8 ? -1 : start + 8 * (int) length;
        }

        @Override
        public int contentStart(int bit) {
            return bit + size.bits();
        }

        @Override
        public void write(byte[] content, int fill, Output out) {
            size.write((long) content.length, out);
            out.bytes(content);
        }
    }

    /**
     * A terminator behind.
     *
     * @param terminator its bytes as hex digits
     */
    record Until(String terminator) implements Extent {
        @Override
        public int end(ByteBuffer bytes, int bit, int limit) {
            byte[] wanted = HexFormat.of().parseHex(terminator);
            for (int at = bit / 8; at + wanted.length <= limit / 8; at++) {
                if (matches(bytes, at, wanted)) {
                    return 8 * (at + wanted.length);
                }
            }
            return -1;
        }

        private static boolean matches(ByteBuffer bytes, int at, byte[] wanted) {
            for (int i = 0; i < wanted.length; i++) {
                if (bytes.get(at + i) != wanted[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int contentEnd(int end) {
            return end - 4 * terminator.length();
        }

        @Override
        public void write(byte[] content, int fill, Output out) {
            byte[] wanted = HexFormat.of().parseHex(terminator);
            ByteBuffer all = ByteBuffer.wrap(content);
            for (int at = 0; at + wanted.length <= content.length; at++) {
                if (matches(all, at, wanted)) {
                    throw new ValueException("a text that holds its terminator " + terminator);
                }
            }
            out.bytes(content);
            out.bytes(wanted);
        }
    }
}
