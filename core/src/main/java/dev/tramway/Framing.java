package dev.tramway;

import dev.tramway.internal.framing.Delimited;
import dev.tramway.internal.framing.FixedSize;
import dev.tramway.internal.framing.LengthPrefixed;
import dev.tramway.internal.framing.Lines;
import dev.tramway.internal.framing.Raw;
import dev.tramway.internal.framing.VarintPrefixed;
import java.nio.ByteOrder;

/**
 * Where messages begin and end in a stream of bytes. A value that may be used for any number of sessions; a session may
 * use one framing to read and another to write, and may change either at any time.
 *
 * <p>To add a framing, implement the two methods; {@code examples} has one. Every framing has a limit on the size of a
 * message: a peer that exceeds it is closed with {@link CloseReason.Kind#PROTOCOL_ERROR}, before memory is taken for it.
 */
public interface Framing {
    /** Limit of {@link #lines()}: 8 KiB. */
    int DEFAULT_LINE = 8 * 1024;

    /** Makes the reader of one session. */
    FrameReader newReader();

    /** Makes the writer of one session. */
    FrameWriter newWriter();

    /**
     * Tells whether all writers of equal framings put the same bytes for the same message. Such framings, for which
     * {@code equals} must be defined, share one encoded copy of a broadcast; others are encoded for each session.
     */
    default boolean sharesFrames() {
        return false;
    }

    /** No framing: whatever one read brings is a message, and messages go out as they are. */
    static Framing raw() {
        return Raw.INSTANCE;
    }

    /**
     * A big-endian length in front, which counts the message only.
     *
     * @param headerBytes 1, 2, 3, 4 or 8
     * @param maxMessage longest message in bytes, 1 to 2^30
     */
    static Framing lengthPrefixed(int headerBytes, int maxMessage) {
        return lengthPrefixed(headerBytes, ByteOrder.BIG_ENDIAN, false, maxMessage);
    }

    /**
     * A length in front.
     *
     * @param headerBytes 1, 2, 3, 4 or 8
     * @param order byte order of the length
     * @param countsHeader true if the length counts its own bytes too
     * @param maxMessage longest message in bytes, 1 to 2^30
     */
    static Framing lengthPrefixed(int headerBytes, ByteOrder order, boolean countsHeader, int maxMessage) {
        return new LengthPrefixed(headerBytes, order == ByteOrder.BIG_ENDIAN, countsHeader, maxMessage);
    }

    /**
     * A length in front as a varint: seven bits a byte, lowest first, as in Protocol Buffers; counts the message only.
     *
     * @param maxMessage longest message in bytes, 1 to 2^30
     */
    static Framing varintPrefixed(int maxMessage) {
        return new VarintPrefixed(maxMessage);
    }

    /**
     * A delimiter after each message; it is not part of the message.
     *
     * @param delimiter one or more bytes; a message cannot be sent if it contains them, or does so together with the delimiter
     *     behind it
     * @param maxMessage longest message in bytes, 1 to 2^30
     */
    static Framing delimited(byte[] delimiter, int maxMessage) {
        return Delimited.of(delimiter, maxMessage);
    }

    /** Lines of at most 8 KiB; see {@link #lines(int)}. */
    static Framing lines() {
        return lines(DEFAULT_LINE);
    }

    /**
     * Lines that end with LF or CR LF, which is not part of the message; LF is written. So a CR at the end of a message that
     * is sent does not arrive as part of it.
     *
     * @param maxLine longest line in bytes, 1 to 2^30
     */
    static Framing lines(int maxLine) {
        return new Lines(maxLine);
    }

    /**
     * Messages that all have the same size.
     *
     * @param size bytes, 1 to 2^30; a message of another size cannot be sent
     */
    static Framing fixedSize(int size) {
        return new FixedSize(size);
    }
}
