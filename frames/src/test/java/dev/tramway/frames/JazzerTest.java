package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.tramway.FramingException;
import dev.tramway.frames.internal.load.Library;
import dev.tramway.frames.secure.DeviceKeys;
import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes of strangers: nothing but the declared exceptions, and no more memory than the limits say. Normally runs what lies in the
 * directories of this name among the resources; searches for more with
 * {@code JAZZER_FUZZ=1 ./mvnw -pl frames -am test -Dtest=JazzerTest#frames -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class JazzerTest {
    private static final List<Protocol> PROTOCOLS =
            Library.NAMES.stream().map(Protocol::builtin).toList();
    private static final byte[] KEY = new byte[16];

    /** What one frame may cost: its own bytes, and a generous amount for each field that the definitions allow (4096). */
    private static final long MOST_FOR_A_FRAME = 32L << 20;

    /** What a definition may cost, which has at most 1 MiB. */
    private static final long MOST_FOR_A_DEFINITION = 512L << 20;

    /** The first byte chooses protocol and direction, the rest is what a peer sends. */
    @FuzzTest(maxDuration = "3m")
    void frames(byte[] data) {
        if (data.length < 2) {
            return;
        }
        Protocol protocol = PROTOCOLS.get((data[0] & 0x7f) % PROTOCOLS.size());
        Direction direction = data[0] < 0 ? Direction.DOWN : Direction.UP;
        byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
        within(MOST_FOR_A_FRAME + 64L * bytes.length, () -> {
            Message message = protocol.decode(direction, bytes);
            assertThat(protocol.explain(direction, bytes, false)).isNotEmpty();
            if (message.problem().isEmpty()) {
                encodeAgain(protocol, message);
            }
        });
        stream(protocol, direction, bytes);
    }

    private static void encodeAgain(Protocol protocol, Message message) {
        try {
            byte[] again = protocol.encode(protocol.message(message.direction(), message.name(), message.values()));
            assertThat(again).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(protocol.name());
        }
    }

    /** However the bytes are cut, the same frames come out. */
    private static void stream(Protocol protocol, Direction direction, byte[] bytes) {
        Stream whole = Stream.of(protocol, direction);
        boolean refused = refuses(() -> whole.feed(bytes));
        int half = bytes.length / 2;
        Stream pieces = Stream.of(protocol, direction);
        boolean refusedInPieces = refuses(
                () -> pieces.feed(Arrays.copyOf(bytes, half)).feed(Arrays.copyOfRange(bytes, half, bytes.length)));
        assertThat(refusedInPieces).isEqualTo(refused);
        assertThat(pieces.frames()).containsExactlyElementsOf(whole.frames());
    }

    private static boolean refuses(Runnable action) {
        try {
            action.run();
            return false;
        } catch (FramingException e) {
            assertThat(e).hasMessageContaining("expected");
            return true;
        }
    }

    /** A definition of anything. */
    @FuzzTest(maxDuration = "3m")
    void definitions(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        within(MOST_FOR_A_DEFINITION, () -> {
            try {
                Protocol protocol = Protocol.untested("fuzz.yaml", text);
                protocol.decode(Direction.UP, data);
                protocol.decode(Direction.DOWN, new byte[] {1, 2, 3, 4});
                protocol.test();
            } catch (DefinitionException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        });
    }

    /** Records and hellos that nobody made with the key. */
    @FuzzTest(maxDuration = "3m")
    void records(byte[] data) {
        DeviceKeys keys = new DeviceKeys().put("a", 0, KEY);
        SecureHandshake.accept(ByteBuffer.wrap(data), keys, false);
        for (boolean datagrams : new boolean[] {false, true}) {
            SecureHandshake.Device device = SecureHandshake.device("a", 0, KEY);
            SecureLink server = SecureHandshake.accept(ByteBuffer.wrap(device.hello()), keys, datagrams)
                    .orElseThrow()
                    .link();
            assertThat(device.finish(ByteBuffer.wrap(data), datagrams).isPresent())
                    .isEqualTo(data.length == 9 && data[0] == 0x10);
            assertThat(server.open(ByteBuffer.wrap(data))).isEmpty();
        }
    }

    /** What costs too much may do so once: the first time, classes are loaded, and instrumented while a search is on. */
    private static void within(long most, Runnable action) {
        if (allocated(action) >= most) {
            assertThat(allocated(action)).isLessThan(most);
        }
    }

    private static long allocated(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
