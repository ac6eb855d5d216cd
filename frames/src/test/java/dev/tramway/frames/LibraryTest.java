package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tramway.FramingException;
import dev.tramway.frames.internal.cut.FramingPlan;
import dev.tramway.frames.internal.load.Definition;
import dev.tramway.frames.internal.load.Library;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions that come with Tramway: their vectors, in every cutting and with every bit wrong. */
class LibraryTest {
    private static final int TIMES = 100;

    /** Formats without marker and check: what is no frame ends the session. */
    private static final List<String> CLOSING = List.of("aqua-plc", "modbus-tcp");

    /** Formats whose frames are protected by a check that covers all but their markers. */
    private static final List<String> CHECKED = List.of(
            "dlms-hdlc",
            "dsmr-p1",
            "gt06",
            "jt808",
            "mbus",
            "modbus-ascii",
            "modbus-rtu",
            "nmea0183",
            "sia-dc09",
            "teltonika");

    private static final Map<String, Protocol> PROTOCOLS =
            Library.NAMES.stream().collect(Collectors.toMap(name -> name, Protocol::builtin));

    /** A test of a definition that must decode. */
    record Case(String protocol, Definition.Vector vector) {
        Direction direction() {
            return vector.down() ? Direction.DOWN : Direction.UP;
        }

        Protocol definition() {
            return protocolOf(protocol);
        }

        @Override
        public String toString() {
            return protocol + ": " + vector.name();
        }
    }

    private static Protocol protocolOf(String name) {
        Protocol protocol = PROTOCOLS.get(name);
        assertThat(protocol).as(name).isNotNull();
        return protocol;
    }

    static List<String> names() {
        return Library.NAMES;
    }

    static List<Case> cases() {
        return Library.NAMES.stream()
                .flatMap(name -> Library.builtin(name).vectors().stream()
                        .filter(vector -> vector.error().isEmpty())
                        .map(vector -> new Case(name, vector)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVectorDecodesAndIsRebuilt(String name) {
        List<TestResult> results = Protocol.builtin(name).test();
        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.failure())
                        .as(result.name() + " at " + result.place())
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyMessageHasAVector(String name) {
        Protocol protocol = Protocol.builtin(name);
        List<String> tested = new ArrayList<>();
        for (Case each : cases()) {
            if (each.protocol().equals(name)) {
                each.vector().expected().forEach(expected -> tested.add(expected.message()));
            }
        }
        if (name.equals("aqua-plc")) {
            assertThat(tested).containsAll(protocol.messages());
        } else {
            assertThat(protocol.messages()).containsAll(tested);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCuttingDoesNotMatter(Case each) {
        byte[] bytes = each.vector().bytes();
        List<String> whole = messages(each, stream(each).feed(bytes));
        assertThat(whole).hasSize(each.vector().expected().size());
        assertThat(messages(each, stream(each).feedByteByByte(bytes))).isEqualTo(whole);
        for (int cut = 1; cut < bytes.length; cut++) {
            Stream stream =
                    stream(each).feed(Arrays.copyOf(bytes, cut)).feed(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(messages(each, stream)).as("cut at " + cut).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aHundredInARowAndATruncatedOneBehind(Case each) {
        byte[] bytes = each.vector().bytes();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < TIMES; i++) {
            all.writeBytes(bytes);
        }
        all.write(bytes, 0, bytes.length - 1);
        Stream stream = stream(each).feed(all.toByteArray());
        int single = each.vector().expected().size();
        int inTruncated = bytes.length == 1
                ? 0
                : messages(each, stream(each).feed(Arrays.copyOf(bytes, bytes.length - 1)))
                        .size();
        assertThat(messages(each, stream)).hasSize(TIMES * single + inTruncated);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void afterGarbageItRecoversOrCloses(Case each) {
        Random random = new Random(4711);
        byte[] garbage = new byte[200];
        // Nothing in it looks like the beginning of a frame of any definition, so that all of it is garbage.
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (0xb1 + random.nextInt(8));
        }
        Stream stream = stream(each);
        if (closes(each)) {
            long before = each.definition().stats().rejected();
            assertThat(catchThrowable(() -> stream.feed(garbage))).isInstanceOf(FramingException.class);
            assertThat(each.definition().stats().rejected()).isGreaterThan(before);
            return;
        }
        stream.feed(garbage);
        feedUntilSeen(each, stream);
        assertThat(messages(each, stream))
                .endsWith(
                        messages(each, stream(each).feed(each.vector().bytes())).getLast());
        assertThat(stream.mostKept()).isLessThanOrEqualTo(framing(each).limit());
    }

    /** Garbage of any bytes, among them false beginnings: what is checked is found behind it, and nothing else is taken for it. */
    @ParameterizedTest
    @MethodSource("checkedCases")
    void falseBeginningsDoNotHideFrames(Case each) {
        Random random = new Random(815);
        for (int round = 0; round < 20; round++) {
            byte[] garbage = new byte[1 + random.nextInt(100)];
            random.nextBytes(garbage);
            byte[] frame = each.vector().bytes();
            garbage[random.nextInt(garbage.length)] = frame[0];
            Stream stream = stream(each).feed(garbage);
            feedUntilSeen(each, stream);
            assertThat(messages(each, stream))
                    .as("round " + round)
                    .contains(messages(each, stream(each).feed(frame)).getFirst());
            assertThat(stream.mostKept()).isLessThanOrEqualTo(framing(each).limit());
        }
    }

    /** Feeds a good frame again and again: at most as many bytes as a frame can have, and the frame that they complete. */
    private static void feedUntilSeen(Case each, Stream stream) {
        byte[] good = each.vector().bytes();
        byte[] frame = stream(each).feed(good).frames().getLast();
        int most = framing(each).limit() + good.length;
        int looked = 0;
        for (int fed = 0; fed < most; fed += good.length) {
            stream.feed(good);
            List<byte[]> frames = stream.frames();
            if (frames.subList(looked, frames.size()).stream().anyMatch(found -> Arrays.equals(found, frame))) {
                return;
            }
            looked = frames.size();
        }
    }

    private static FramingPlan framing(Case each) {
        Definition definition = Library.builtin(each.protocol());
        return each.vector().down() ? definition.down() : definition.up();
    }

    @ParameterizedTest
    @MethodSource("checkedCases")
    void everyWrongBitIsNoticedAndTheNextFrameIsRead(Case each) {
        byte[] good = each.vector().bytes();
        String expected = messages(each, stream(each).feed(good)).getFirst();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            if (each.protocol().equals("sia-dc09") && bit / 8 >= 5 && bit / 8 < 9) {
                continue; // The length, which the check does not cover and which some devices get wrong.
            }
            byte[] wrong = good.clone();
            wrong[bit / 8] ^= (byte) (0x80 >> bit % 8);
            Stream stream = stream(each).feed(wrong);
            assertThat(sound(each, stream)).as("bit " + bit).isEmpty();
            feedUntilSeen(each, stream);
            assertThat(sound(each, stream)).as("bit " + bit).isNotEmpty().allMatch(expected::equals);
        }
    }

    private static List<String> sound(Case each, Stream stream) {
        return messages(each, stream).stream()
                .filter(message -> !message.startsWith("PROBLEM"))
                .toList();
    }

    static List<Case> checkedCases() {
        return cases().stream()
                .filter(each -> each.vector().expected().size() == 1 && isChecked(each) && !closes(each))
                .toList();
    }

    /** On the device's side Teltonika has short answers without a marker. */
    private static boolean closes(Case each) {
        return CLOSING.contains(each.protocol())
                || (each.protocol().equals("teltonika") && each.vector().down());
    }

    private static boolean isChecked(Case each) {
        String message = each.definition()
                .decode(each.direction(), each.vector().bytes())
                .name();
        return Library.builtin(each.protocol()).plan().shapes(message).stream()
                .anyMatch(shape -> shape.variant().isChecked());
    }

    @Test
    void whatIsCheckedIsListed() {
        List<String> checked = Library.NAMES.stream()
                .filter(name ->
                        Library.builtin(name).plan().variants().stream().anyMatch(variant -> variant.isChecked()))
                .toList();
        assertThat(checked).containsExactlyInAnyOrderElementsOf(CHECKED);
    }

    private static Stream stream(Case each) {
        return Stream.of(each.definition(), each.direction());
    }

    private static List<String> messages(Case each, Stream stream) {
        return stream.frames().stream()
                .map(frame -> each.definition().decode(each.direction(), frame))
                .map(message -> message.problem().isPresent() && !message.isUnknown()
                        ? "PROBLEM " + message
                        : String.valueOf(message))
                .toList();
    }
}
