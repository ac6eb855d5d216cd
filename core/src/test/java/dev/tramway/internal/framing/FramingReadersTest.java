package dev.tramway.internal.framing;

import static dev.tramway.testing.FramingSample.bytes;
import static dev.tramway.testing.FramingSample.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.testing.FramingSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers and writers by themselves: every framing, cut at every place, with bytes before and behind that are not theirs. */
class FramingReadersTest {
    /** As the engine does it: frames lie somewhere in a larger buffer. */
    private static final int BEFORE = 7;

    static List<FramingSample> samples() {
        return FramingSample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void framesAreFoundWhereverTheBytesAreCut(FramingSample sample) {
        int size = sample.wire().length();
        for (int first = 0; first <= size; first++) {
            for (int second = first; second <= size; second += Math.max(1, size / 20)) {
                assertThat(new Stream(sample).read(first, second, size))
                        .as("%s cut at %d and %d", sample, first, second)
                        .isEqualTo(sample.messages());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void framesAreFoundByteByByte(FramingSample sample) {
        int[] everywhere = new int[sample.wire().length()];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = i + 1;
        }
        assertThat(new Stream(sample).read(everywhere)).isEqualTo(sample.messages());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFrameIsFoundWithItsLastByteAndNotBefore(FramingSample sample) {
        for (int i = 0; i < sample.messages().size(); i++) {
            List<String> upToThis = sample.messages().subList(0, i + 1);
            int end = sample.wire(upToThis).length();
            assertThat(new Stream(sample).read(end - 1)).hasSize(i);
            assertThat(new Stream(sample).read(end)).isEqualTo(upToThis);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writersPutWhatReadersFind(FramingSample sample) {
        FrameWriter writer = sample.framing().newWriter();
        ByteBuffer target = ByteBuffer.allocate(1000);
        for (String message : sample.messages()) {
            int before = target.position();
            int most = writer.frameSize(message.length());
            writer.write(ByteBuffer.wrap(bytes(message)), target);
            assertThat(target.position() - before).isBetween(message.length(), most);
        }
        assertThat(text(target.flip())).isEqualTo(sample.wire());
    }

    /** Several threads may be sending the same buffer. */
    @ParameterizedTest
    @MethodSource("samples")
    void writersLeaveTheMessageAsItIs(FramingSample sample) {
        String message = sample.messages().get(0);
        byte[] inside = bytes("<<" + message + ">>");
        ByteBuffer direct = ByteBuffer.allocateDirect(inside.length).put(inside).clear();
        for (ByteBuffer memory : List.of(ByteBuffer.wrap(inside), direct, direct.asReadOnlyBuffer())) {
            ByteBuffer sent = memory.order(ByteOrder.LITTLE_ENDIAN).position(2).limit(2 + message.length());
            ByteBuffer target = ByteBuffer.allocateDirect(1000);
            sample.framing().newWriter().write(sent, target);
            assertThat(text(target.flip())).isEqualTo(sample.wire(List.of(message)));
            assertThat(sent.position()).isEqualTo(2);
            assertThat(sent.limit()).isEqualTo(2 + message.length());
            assertThat(sent.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** What says how long the frame will be is never wrong, since memory is taken by it. */
    @ParameterizedTest
    @MethodSource("samples")
    void whatIsNeededIsMoreThanThereIsAndNoMoreThanTheFrame(FramingSample sample) {
        for (int i = 0; i < sample.messages().size(); i++) {
            int start = sample.wire(sample.messages().subList(0, i)).length();
            int end = sample.wire(sample.messages().subList(0, i + 1)).length();
            for (int available = start; available < end; available++) {
                Stream stream = new Stream(sample);
                stream.read(start, available);
                if (stream.cut.needed() != 0 && available > start) {
                    assertThat(stream.cut.needed()).isBetween(available - start + 1, end - start);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMessageAtTheLimitIsFoundAndOneAboveIsRefused(FramingSample sample) {
        if (!sample.hasLimit()) {
            return;
        }
        String longest = "m".repeat(FramingSample.LIMIT);
        String tooLong = longest + "m";
        ByteBuffer target = ByteBuffer.allocate(1000);
        FrameWriter writer = sample.framing().newWriter();
        assertThat(writer.frameSize(longest.length())).isGreaterThanOrEqualTo(longest.length());
        writer.write(ByteBuffer.wrap(bytes(longest)), target);
        FrameReader reader = sample.framing().newReader();
        FrameReader.Cut cut = new FrameReader.Cut();
        assertThat(reader.find(target.flip(), cut)).isTrue();
        assertThat(cut.end() - cut.start()).isEqualTo(FramingSample.LIMIT);
        assertThatThrownBy(() -> writer.frameSize(tooLong.length()))
                .isInstanceOf(FramingException.class)
                .hasMessageContainingAll("201", "200");
        ByteBuffer above = ByteBuffer.wrap(bytes(sample.wire(List.of(tooLong))));
        assertThatThrownBy(() -> sample.framing().newReader().find(above, cut))
                .isInstanceOf(FramingException.class)
                .hasMessageContainingAll("201", "200");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void equalFramingsAreEqualAndTellsTheirWriters(FramingSample sample) {
        assertThat(sample.framing()).isEqualTo(sample.withLimit().apply(FramingSample.LIMIT));
        assertThat(sample.framing()).hasSameHashCodeAs(sample.withLimit().apply(FramingSample.LIMIT));
        assertThat(sample.framing()).isNotEqualTo(Framing.raw());
    }

    @Test
    void lineEndsMayBeMixedAndALoneCarriageReturnIsContent() {
        assertThat(read(Framing.lines(), "a\r\nb\n\r\n\n\r\r\nc\rd\r\n"))
                .containsExactly("a", "b", "", "", "\r", "c\rd");
    }

    @Test
    void aCarriageReturnAtTheLimitMayStillBeALineEnd() {
        assertThat(read(Framing.lines(3), "abc\r")).isEmpty();
        assertThat(read(Framing.lines(3), "abc\r\n")).containsExactly("abc");
        assertThatThrownBy(() -> read(Framing.lines(3), "abc\rd")).isInstanceOf(FramingException.class);
        assertThatThrownBy(() -> read(Framing.lines(3), "abcd")).isInstanceOf(FramingException.class);
    }

    @Test
    void aBeginningOfTheDelimiterAtTheLimitMayStillBecomeOne() {
        Framing framing = Framing.delimited(bytes("||"), 3);
        assertThat(read(framing, "abc|")).isEmpty();
        assertThat(read(framing, "abc||")).containsExactly("abc");
        assertThatThrownBy(() -> read(framing, "abc|d")).isInstanceOf(FramingException.class);
        assertThatThrownBy(() -> read(framing, "abcd||")).isInstanceOf(FramingException.class);
    }

    @Test
    void whatWouldBeCutElsewhereCannotBeSent() {
        assertRefused(Framing.lines(), "two\nlines");
        assertRefused(Framing.delimited(bytes("|"), 100), "a|b");
        assertRefused(Framing.delimited(bytes("\r\n.\r\n"), 100), "a\r\n.\r\nb");
        // Together with the delimiter behind them, these contain it earlier.
        assertRefused(Framing.delimited(bytes("\r\n\r\n"), 100), "a\r\n");
        assertRefused(Framing.delimited(bytes("\r\n.\r\n"), 100), "a\r\n.");
        assertRefused(Framing.delimited(bytes("aa"), 100), "a");
    }

    private static void assertRefused(Framing framing, String message) {
        assertThatThrownBy(() -> framing.newWriter().write(ByteBuffer.wrap(bytes(message)), ByteBuffer.allocate(1000)))
                .isInstanceOf(FramingException.class);
    }

    @Test
    void lengthsThatNobodyMeansAreRefusedWithoutWaitingForMore() {
        Framing four = Framing.lengthPrefixed(4, 1 << 30);
        Framing eight = Framing.lengthPrefixed(8, 1 << 30);
        Framing counting = Framing.lengthPrefixed(8, ByteOrder.LITTLE_ENDIAN, true, 1 << 30);
        assertRefused(four, 4, 0xffff_ffffL, "4294967295");
        assertRefused(four, 4, 0x8000_0000L, "2147483648");
        assertRefused(four, 4, (1 << 30) + 1L, "1073741825");
        assertRefused(eight, 8, 1L << 32, "4294967296");
        assertRefused(eight, 8, Long.MIN_VALUE, "9223372036854775808");
        assertRefused(eight, 8, -1, "18446744073709551615");
        assertRefused(counting, 8, Long.MIN_VALUE, "9223372036854775800");
        assertRefused(counting, 8, -1, "18446744073709551607");
        assertRefused(counting, 8, 7, "does not even count its own 8 bytes");
        assertRefused(counting, 8, 0, "does not even count its own 8 bytes");
    }

    private static void assertRefused(Framing framing, int width, long length, String because) {
        ByteOrder order = ((LengthPrefixed) framing).bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        assertThatThrownBy(() -> read(framing, FramingSample.header(width, order, length)))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining(because);
    }

    @Test
    void varintsMayBePaddedButNotBeyondFiveBytes() {
        Framing framing = Framing.varintPrefixed(1 << 30);
        assertThat(read(framing, "\u0081\u0080\u0080\u0080\0a\u0080\0")).containsExactly("a", "");
        assertThat(read(framing, "\u00ff\u00ff\u00ff\u00ff")).isEmpty();
        assertThatThrownBy(() -> read(framing, "\u0080\u0080\u0080\u0080\u0080"))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("more than 5 bytes");
        assertThatThrownBy(() -> read(framing, "\u00ff\u00ff\u00ff\u00ff\u007f"))
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("34359738367");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        for (int width : new int[] {-1, 0, 5, 6, 7, 9}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(width, 10));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(1, 256));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.lengthPrefixed(1, ByteOrder.BIG_ENDIAN, true, 255));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(2, 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(3, 1 << 24));
        assertThat(Framing.lengthPrefixed(3, (1 << 24) - 1)).isNotNull();
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, (1 << 30) + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(4, limit));
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.varintPrefixed(limit));
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.lines(limit));
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.delimited(new byte[1], limit));
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.fixedSize(limit));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.delimited(new byte[0], 10));
    }

    @Test
    void aDelimiterIsCopied() {
        byte[] delimiter = bytes("|");
        Framing framing = Framing.delimited(delimiter, 10);
        delimiter[0] = 'x';
        assertThat(read(framing, "ax|")).containsExactly("ax");
        assertThat(framing).isEqualTo(Framing.delimited(bytes("|"), 10));
    }

    private static List<String> read(Framing framing, String wire) {
        return new Stream(framing, wire).read(wire.length());
    }

    /** Bytes that arrive piece by piece, read the way the engine does. */
    private static final class Stream {
        private final FrameReader reader;
        private final FrameReader.Cut cut = new FrameReader.Cut();
        private final ByteBuffer bytes;

        Stream(FramingSample sample) {
            this(sample.framing(), sample.wire());
        }

        Stream(Framing framing, String wire) {
            reader = framing.newReader();
            // What is behind must not be looked at: it would end any frame.
            bytes = ByteBuffer.wrap(bytes("|".repeat(BEFORE) + wire + "\n|aab\r\n.\r\n"))
                    .position(BEFORE);
        }

        /** Reads up to each of some ends. */
        List<String> read(int... ends) {
            List<String> found = new ArrayList<>();
            int from = BEFORE;
            for (int end : ends) {
                bytes.limit(BEFORE + end);
                while (from < bytes.limit() && reader.find(bytes.position(from).order(ByteOrder.BIG_ENDIAN), cut)) {
                    assertThat(cut.next()).isGreaterThan(from).isLessThanOrEqualTo(bytes.limit());
                    found.add(text(bytes.duplicate().limit(cut.end()).position(cut.start())));
                    from = cut.next();
                }
            }
            return found;
        }
    }
}
