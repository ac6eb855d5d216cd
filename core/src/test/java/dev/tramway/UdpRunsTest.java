package dev.tramway;

import static dev.tramway.testing.Datagrams.copy;
import static dev.tramway.testing.Datagrams.on;
import static dev.tramway.testing.Datagrams.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bursts of datagrams, which go to the kernel as runs where it can cut them, and are joined by it where the receiver wants
 * that: nobody sees any of it.
 */
@ExtendWith(NoLeaks.class)
class UdpRunsTest {
    /** Sizes of the datagrams of a burst, each at a seam: of a run's count, of its bytes, of a packet, of equal sizes. */
    private static final List<List<Integer>> BURSTS = List.of(
            Collections.nCopies(63, 32),
            Collections.nCopies(64, 32),
            Collections.nCopies(65, 32),
            Collections.nCopies(500, 1),
            List.of(32, 32, 31, 32, 32, 33, 33, 33, 32, 1, 2, 3, 3, 2, 1),
            List.of(10, 10, 0, 10, 10, 0, 0, 10),
            Collections.nCopies(47, 1400),
            Collections.nCopies(30, 1472),
            Collections.nCopies(5, 1473),
            List.of(65_507, 9, 9, 20_000, 20_000, 9),
            List.of(7));

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void burstsArriveAsTheyWereSent(Wire wire) throws Exception {
        bursts(wire, false);
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void burstsArriveAsTheyWereSentAlsoIfTheKernelJoinsThem(Wire wire) throws Exception {
        bursts(wire, true);
    }

    private static void bursts(Wire wire, boolean joined) throws Exception {
        try (Net net = new Net(wire)) {
            BlockingQueue<byte[]> first = new LinkedBlockingQueue<>();
            BlockingQueue<byte[]> second = new LinkedBlockingQueue<>();
            UdpEndpoint one = receiver(net, joined, first);
            UdpEndpoint other = receiver(net, joined, second);
            UdpEndpoint sender = net.closing(on(net).onDatagram((endpoint, from, number) -> {
                        int i = 0;
                        for (int size : BURSTS.get(number.get())) {
                            // Now and then to the other, which ends a run.
                            UdpEndpoint to = i++ % 20 == 19 ? other : one;
                            endpoint.send(to.address(), pattern(size));
                        }
                    })
                    .start());
            for (int burst = 0; burst < BURSTS.size(); burst++) {
                one.send(sender.address(), new byte[] {(byte) burst});
                List<byte[]> toOne = new ArrayList<>();
                List<byte[]> toOther = new ArrayList<>();
                for (int i = 0; i < BURSTS.get(burst).size(); i++) {
                    (i % 20 == 19 ? toOther : toOne)
                            .add(pattern(BURSTS.get(burst).get(i)));
                }
                assertHeard(first, toOne);
                assertHeard(second, toOther);
            }
            assertThat(sender.stats().errors()).isZero();
            assertThat(sender.stats().datagramsSent())
                    .isEqualTo(BURSTS.stream().mapToInt(List::size).sum());
        }
    }

    private static UdpEndpoint receiver(Net net, boolean joined, BlockingQueue<byte[]> heard) {
        return net.closing(on(net).receiveOffload(joined)
                .socketBuffers(1 << 20, 0)
                .onDatagram((endpoint, from, bytes) -> heard.add(copy(bytes)))
                .start());
    }

    private static void assertHeard(BlockingQueue<byte[]> heard, List<byte[]> expected) {
        for (byte[] datagram : expected) {
            assertThat(Await.next(heard)).isEqualTo(datagram);
        }
    }

    /** In a network of its own, whose packets are shorter than the datagrams. */
    @Test
    void whatTheKernelRefusesAsARunGoesOneByOne() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String program = "ip link set lo up mtu 1280 && exec \"$0\" -cp \"$1\" \"$2\"";
        Process process;
        try {
            process = new ProcessBuilder(
                            "unshare",
                            "-n",
                            "sh",
                            "-c",
                            program,
                            java,
                            System.getProperty("java.class.path"),
                            OverShortPackets.class.getName())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no unshare here: " + e.getMessage());
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(
                !output.contains("unshare failed") && !output.contains("ip: not found"),
                () -> "no network of its own here: " + output);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("heard 60, each once, 60 sent, 0 errors");
    }

    /** Sends a burst of datagrams that are longer than a packet may be. */
    static final class OverShortPackets {
        private OverShortPackets() {}

        public static void main(String[] args) {
            List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
            try (IoService io = IoService.builder().threads(1).start();
                    UdpEndpoint receiver = UdpEndpoint.on(io)
                            .bind("127.0.0.1", 0)
                            .socketBuffers(1 << 20, 0)
                            .onDatagram((endpoint, from, bytes) -> heard.add(bytes.getInt()))
                            .start();
                    UdpEndpoint sender = UdpEndpoint.on(io)
                            .bind("127.0.0.1", 0)
                            .onDatagram((endpoint, from, go) -> IntStream.range(0, 60)
                                    .forEach(i -> {
                                        byte[] datagram = new byte[1400];
                                        datagram[3] = (byte) i;
                                        endpoint.send(receiver.address(), datagram);
                                    }))
                            .start()) {
                receiver.send(sender.address(), "go");
                Await.until("all heard", () -> heard.size() >= 60);
                // A single datagram of the batch that held the first refused run may have passed it.
                boolean each = heard.stream()
                        .sorted()
                        .toList()
                        .equals(IntStream.range(0, 60).boxed().toList());
                UdpStats stats = sender.stats();
                System.out.println("heard " + heard.size() + (each ? ", each once, " : ", but not each once, ")
                        + stats.datagramsSent() + " sent, " + stats.errors() + " errors");
            }
        }
    }
}
