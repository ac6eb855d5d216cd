package dev.tramway.cluster.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What nodes send each other: a header that says who and from which version and installation, and a body.
 *
 * <pre>
 * 0   T W           magic
 * 2   version       1
 * 3   kind          see {@link Kind}
 * 4   installation  CRC-32 of the prefix
 * 8   origin        id of the node
 * 24  number        see {@link Kind}
 * 32  body
 * </pre>
 *
 * @param kind what it asks for
 * @param origin who has sent it
 * @param number see the kind
 * @param body from position to limit
 */
record Packet(Kind kind, UUID origin, long number, ByteBuffer body) {
    static final int HEADER = 32;
    private static final short MAGIC = 'T' << 8 | 'W';
    private static final byte VERSION = 1;

    /** What a packet asks for. */
    enum Kind {
        /** Messages to all, each behind its length; the number is that of the first, counted from 1 for each origin. */
        TO_ALL(0),
        /** The same to a group; numbers are those of all groups together. */
        TO_GROUP(1),
        /** To the session whose id is the body's beginning: the rest. */
        SEND(2),
        /** Close the session whose id is the body. */
        DISCONNECT(3),
        /** Answer how many members a group has whose name follows one byte, or all sessions if the body is empty. */
        COUNT(4),
        /** A text's length, the text, and what the service of that name is asked. */
        CALL(5),
        /** The answer to one of the above. */
        ANSWER(6),
        /** The origin does not keep up: whoever sends to it should wait a little. */
        SLOW(7);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static @Nullable Kind of(byte code) {
            for (Kind kind : KINDS) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    /** A number that tells installations apart. */
    static int installation(String prefix) {
        CRC32 sum = new CRC32();
        sum.update(prefix.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    byte[] write(int installation) {
        byte[] bytes = new byte[HEADER + body.remaining()];
        writeHeader(bytes, installation);
        body.get(body.position(), bytes, HEADER, body.remaining());
        return bytes;
    }

    private void writeHeader(byte[] bytes, int installation) {
        ByteBuffer.wrap(bytes)
                .putShort(MAGIC)
                .put(VERSION)
                .put(kind.code)
                .putInt(installation)
                .putLong(origin.getMostSignificantBits())
                .putLong(origin.getLeastSignificantBits())
                .putLong(number);
    }

    /** Empty if it is not from this version and installation. */
    static Optional<Packet> read(byte[] bytes, int installation) {
        if (bytes.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getShort() != MAGIC || buffer.get() != VERSION) {
            return Optional.empty();
        }
        Kind kind = Kind.of(buffer.get());
        if (kind == null || buffer.getInt() != installation) {
            return Optional.empty();
        }
        UUID origin = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.of(new Packet(kind, origin, buffer.getLong(), buffer));
    }
}
