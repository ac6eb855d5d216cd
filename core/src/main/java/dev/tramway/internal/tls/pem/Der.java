package dev.tramway.internal.tls.pem;

import java.math.BigInteger;
import java.util.Arrays;

/** Walks over the elements of a DER value: just what keys need. Malformed input ends in {@link IllegalArgumentException}. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int TAGGED_0 = 0xa0;

    private final byte[] bytes;
    private final int end;
    private int position;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    boolean hasMore() {
        return position < end;
    }

    boolean nextIs(int tag) {
        return hasMore() && (bytes[position] & 0xff) == tag;
    }

    /** Enters the next element, which must be a sequence, and steps over it here. */
    Der sequence() {
        int length = header(SEQUENCE);
        Der inside = new Der(bytes, position, position + length);
        position += length;
        return inside;
    }

    byte[] octets() {
        return content(OCTET_STRING);
    }

    BigInteger integer() {
        return new BigInteger(content(INTEGER));
    }

    /** Takes an object identifier in its dotted form. */
    String objectId() {
        byte[] content = content(OBJECT_ID);
        StringBuilder dotted = new StringBuilder();
        long value = 0;
        for (byte part : content) {
            value = (value << 7) | (part & 0x7f);
            if (part >= 0) {
                append(dotted, value);
                value = 0;
            }
        }
        return dotted.toString();
    }

    private static void append(StringBuilder dotted, long value) {
        if (dotted.isEmpty()) {
            long first = Math.min(value / 40, 2);
            dotted.append(first).append('.').append(value - first * 40);
        } else {
            dotted.append('.').append(value);
        }
    }

    /** Takes the content of the next element, which must have this tag. */
    byte[] content(int tag) {
        int length = header(tag);
        byte[] content = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return content;
    }

    private int header(int tag) {
        if (!nextIs(tag)) {
            throw new IllegalArgumentException("DER: expected tag " + tag + " at offset " + position);
        }
        position++;
        int length = length();
        if (length > end - position) {
            throw new IllegalArgumentException("DER: cut short at offset " + position);
        }
        return length;
    }

    private int length() {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets < 1 || octets > 3) {
            throw new IllegalArgumentException("DER: length of " + octets + " octets at offset " + position);
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | octet();
        }
        return length;
    }

    private int octet() {
        if (!hasMore()) {
            throw new IllegalArgumentException("DER: cut short at offset " + position);
        }
        return bytes[position++] & 0xff;
    }

    /** Writes one element: tag, length, and the parts one after the other. */
    static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] header = header(tag, length);
        byte[] all = Arrays.copyOf(header, header.length + length);
        int at = header.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        byte[] digits = BigInteger.valueOf(length).toByteArray();
        int skip = digits[0] == 0 ? 1 : 0;
        byte[] header = new byte[2 + digits.length - skip];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | (digits.length - skip));
        System.arraycopy(digits, skip, header, 2, digits.length - skip);
        return header;
    }
}
