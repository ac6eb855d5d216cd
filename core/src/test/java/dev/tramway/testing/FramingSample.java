package dev.tramway.testing;

import dev.tramway.Framing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * A framing, messages for it, and the bytes that they make on the wire, put together without it. Bytes are written as text, a
 * character for each.
 *
 * @param name what the framing is
 * @param withLimit makes it with a limit on messages
 * @param most highest limit that it can have, 0 for messages of a fixed size
 * @param messages four of them, so that {@link Numbered} can repeat them
 * @param framed puts messages into frames
 */
public record FramingSample(
        String name,
        IntFunction<Framing> withLimit,
        int most,
        List<String> messages,
        Function<List<String>, String> framed) {
    /** Limit of {@link #framing()}; a length of one byte can still say one more. */
    public static final int LIMIT = 200;

    private static final int MOST = 1 << 30;

    private static final List<String> MESSAGES = List.of("hello", "", "x", "yz");

    /** All framings but raw; length headers in every width, byte order and way of counting. */
    public static List<FramingSample> all() {
        List<FramingSample> all = some();
        for (int width : new int[] {1, 2, 3, 4, 8}) {
            all.add(prefixed(width, ByteOrder.LITTLE_ENDIAN, false));
            all.add(prefixed(width, ByteOrder.BIG_ENDIAN, true));
        }
        return all;
    }

    /** All kinds of framings but raw; length headers in every width, and in either order and way of counting. */
    public static List<FramingSample> some() {
        List<FramingSample> some = new ArrayList<>();
        for (int width : new int[] {1, 2, 3, 4, 8}) {
            some.add(prefixed(width, ByteOrder.BIG_ENDIAN, false));
            some.add(prefixed(width, ByteOrder.LITTLE_ENDIAN, true));
        }
        some.add(sample(
                "varint",
                Framing::varintPrefixed,
                MOST,
                List.of("hello", "", "v".repeat(130), "x"),
                message -> varint(message.length()) + message));
        some.add(delimited("|", MESSAGES));
        some.add(delimited("aab", List.of("hello", "", "a", "aba")));
        some.add(delimited("\r\n.\r\n", List.of("hello", "", "\r\n\r", "a.b\r\n..")));
        some.add(sample(
                "lines", Framing::lines, MOST, List.of("hello", "", "x\ry", "\u00e4"), message -> message + "\n"));
        some.add(new FramingSample(
                "fixed size",
                limit -> Framing.fixedSize(3),
                0,
                List.of("one", "two", "   ", "\0\n\r"),
                messages -> String.join("", messages)));
        some.add(new FramingSample("a framing of one's own", Numbered::new, 65_535, MESSAGES, FramingSample::numbered));
        return some;
    }

    private static FramingSample prefixed(int width, ByteOrder order, boolean countsHeader) {
        String name = "length of " + width + " bytes, " + order + (countsHeader ? ", counts itself" : "");
        return sample(
                name,
                limit -> Framing.lengthPrefixed(width, order, countsHeader, limit),
                width < 4 ? (1 << (8 * width)) - 1 - width : MOST,
                MESSAGES,
                message -> header(width, order, message.length() + (countsHeader ? width : 0)) + message);
    }

    private static FramingSample delimited(String delimiter, List<String> messages) {
        return sample(
                "delimited by " + bytes(delimiter).length + " bytes",
                limit -> Framing.delimited(bytes(delimiter), limit),
                MOST,
                messages,
                message -> message + delimiter);
    }

    private static FramingSample sample(
            String name, IntFunction<Framing> withLimit, int most, List<String> messages, UnaryOperator<String> frame) {
        return new FramingSample(name, withLimit, most, messages, all -> {
            StringBuilder frames = new StringBuilder();
            all.forEach(message -> frames.append(frame.apply(message)));
            return frames.toString();
        });
    }

    /** A length header. */
    public static String header(int width, ByteOrder order, long length) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < width; i++) {
            header.append((char) ((length >>> (8 * i)) & 0xff));
        }
        return (order == ByteOrder.BIG_ENDIAN ? header.reverse() : header).toString();
    }

    private static String varint(int length) {
        return length < 128 ? "" + (char) length : "" + (char) ((length & 0x7f) | 0x80) + varint(length >>> 7);
    }

    private static String numbered(List<String> messages) {
        StringBuilder frames = new StringBuilder();
        for (int i = 0; i < messages.size(); i++) {
            frames.append((char) (i % Numbered.ROUND))
                    .append(header(2, ByteOrder.LITTLE_ENDIAN, messages.get(i).length()))
                    .append(messages.get(i));
        }
        return frames.toString();
    }

    /** The framing with {@link #LIMIT}. */
    public Framing framing() {
        return withLimit.apply(LIMIT);
    }

    /** True if a limit can be set. */
    public boolean hasLimit() {
        return most > 0;
    }

    /** The messages as they are on the wire. */
    public String wire() {
        return wire(messages);
    }

    /** Messages of the caller's as they are on the wire. */
    public String wire(List<String> ofMessages) {
        return framed.apply(ofMessages);
    }

    /** The messages so many times over. */
    public List<String> messages(int times) {
        return Collections.nCopies(times, messages).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The bytes that text stands for. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text that stands for bytes. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The text that stands for a message. */
    public static String text(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return text(bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
