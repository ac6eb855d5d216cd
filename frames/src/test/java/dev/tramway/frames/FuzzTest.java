package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import dev.tramway.frames.internal.load.Definition;
import dev.tramway.frames.internal.load.Library;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutated frames and mutated definitions, from a seed that is printed: nothing but the declared exceptions, no hang, and no
 * more memory than the limits say.
 */
@Timeout(300)
class FuzzTest {
    private static final long SEED = Long.getLong("tramway.fuzz.seed", 20_261_126L);
    private static final int FRAMES = Integer.getInteger("tramway.fuzz.frames", 2_000);
    private static final int DEFINITIONS = Integer.getInteger("tramway.fuzz.definitions", 150);

    static List<String> names() {
        return Library.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void mutatedFramesDoNoHarm(String name) {
        Random random = new Random(SEED);
        Protocol protocol = Protocol.builtin(name);
        List<Definition.Vector> vectors = Library.builtin(name).vectors();
        int limit = Library.builtin(name).plan().limits().frame();
        for (int i = 0; i < FRAMES; i++) {
            Definition.Vector vector = vectors.get(random.nextInt(vectors.size()));
            Direction direction = vector.down() ? Direction.DOWN : Direction.UP;
            byte[] frame = mutated(vector.bytes(), random);
            String place = "seed " + SEED + ", frame " + i;
            Message message = protocol.decode(direction, frame);
            assertThat(message.bytes()).as(place).hasSizeLessThanOrEqualTo(Math.max(frame.length, limit));
            assertThat(protocol.explain(direction, frame, false)).as(place).isNotEmpty();
            encodeAgain(protocol, message);
            feed(protocol, direction, frame, limit);
        }
    }

    /** What was decoded can be encoded, or is refused in the way that wrong values are. */
    private static void encodeAgain(Protocol protocol, Message message) {
        if (message.problem().isEmpty()) {
            Message again = protocol.message(message.direction(), message.name(), message.values());
            try {
                assertThat(protocol.encode(again)).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(protocol.name());
            }
        }
    }

    private static void feed(Protocol protocol, Direction direction, byte[] bytes, int limit) {
        Stream stream = Stream.of(protocol, direction);
        try {
            int half = bytes.length / 2;
            stream.feed(Arrays.copyOf(bytes, half)).feed(Arrays.copyOfRange(bytes, half, bytes.length));
        } catch (FramingException e) {
            assertThat(e).hasMessageContaining("expected");
        }
        assertThat(stream.mostKept()).isLessThanOrEqualTo(2 * limit + 8);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            switch (random.nextInt(5)) {
                case 0 -> mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                case 1 -> mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, random.nextInt(mutated.length + 4)));
                case 3 -> mutated[random.nextInt(mutated.length)] = (byte) (random.nextBoolean() ? 0xff : 0);
                default -> {
                    int from = random.nextInt(mutated.length);
                    int size = random.nextInt(mutated.length - from);
                    System.arraycopy(bytes, 0, mutated, from, Math.min(size, bytes.length));
                }
            }
        }
        return mutated;
    }

    @ParameterizedTest
    @MethodSource("names")
    void mutatedDefinitionsLoadOrSayWhatIsWrong(String name) {
        Random random = new Random(SEED);
        String text = Library.text(name);
        byte[] frame = Library.builtin(name).vectors().get(0).bytes();
        for (int i = 0; i < DEFINITIONS; i++) {
            String mutated = mutated(text, random);
            try {
                Protocol protocol = Protocol.untested(name, mutated);
                protocol.decode(Direction.UP, frame);
                protocol.test();
            } catch (DefinitionException e) {
                assertThat(e.problems())
                        .as("seed " + SEED + ", definition " + i)
                        .isNotEmpty();
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, (char) (32 + random.nextInt(95)));
                case 2 -> {
                    int from = random.nextInt(text.length());
                    mutated.insert(at, text, from, Math.min(text.length(), from + random.nextInt(40)));
                }
                default -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(30)));
            }
        }
        return mutated.toString();
    }

    @Test
    void aCountAtItsMaximumTakesNoMoreThanTheLimitsSay() {
        Protocol protocol = Protocol.parse("bomb.yaml", """
                fdl: 1
                protocol: bomb
                limits: { frame: 64, items: 255, fields: 1000 }
                framing: { datagram: whole }
                messages:
                  m:
                    fields:
                      - n: u8
                      - a: { repeat: n, of: [ { b: { repeat: n, of: [ { c: { repeat: n, of: [ { d: { value: "n" } } ] } } ] } } ] }
                """);
        Message message = protocol.decode(Direction.UP, new byte[] {(byte) 0xff});
        assertThat(message.problem().orElse("")).contains("limits");
    }

    @Test
    void endlessEscapesAndMissingEndsAreBounded() {
        for (String name : List.of("jt808", "nmea0183", "dsmr-p1", "sia-dc09", "gt06", "mbus")) {
            Protocol protocol = Protocol.builtin(name);
            byte[] start = Library.builtin(name).vectors().get(0).bytes();
            int limit = Library.builtin(name).plan().limits().frame();
            Stream stream = Stream.of(protocol, Direction.UP).feed(start[0]);
            byte[] escapes = new byte[97];
            Arrays.fill(escapes, (byte) 0x7d);
            for (int fed = 0; fed < 20 * limit && fed < 40_000; fed += escapes.length) {
                stream.feed(escapes);
            }
            assertThat(stream.mostKept()).as(name).isLessThanOrEqualTo(2 * limit + 8 + escapes.length);
        }
    }

    @Test
    @Timeout(60)
    void noiseThatLooksLikeManyBeginningsDoesNotHoldUpTheLoop() {
        Protocol protocol = Protocol.builtin("mbus");
        byte[] noise = new byte[60_000];
        Arrays.fill(noise, (byte) 0x68);
        FrameReader reader = protocol.framing().newReader();
        FrameReader.Cut cut = new FrameReader.Cut();
        ByteBuffer bytes = ByteBuffer.wrap(noise);
        int found = 0;
        while (bytes.hasRemaining() && reader.find(bytes, cut)) {
            bytes.position(cut.next());
            found += cut.isSkipped() ? 0 : 1;
        }
        assertThat(found).isZero();
    }
}
