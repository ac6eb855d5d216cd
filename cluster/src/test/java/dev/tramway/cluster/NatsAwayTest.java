package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.SendResult;
import dev.tramway.ServerListener;
import dev.tramway.SessionAddress;
import dev.tramway.TcpServer;
import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.LineClient;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.TestNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster promises while NATS is away, and when it is back. */
class NatsAwayTest {
    @TempDir
    Path directory;

    @Test
    void whileNatsIsAwayTheServerServesItsOwnAndWhatFitsWaits() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                TestNode a = TestNode.start(NatsOptions.to(nats.url()).bufferBytes(64 * 1024));
                TestNode b = TestNode.start(nats.url())) {
            a.awaitOthers(1);
            b.awaitOthers(1);
            LineClient here = a.client();
            LineClient there = b.client();
            // Who has heard nothing of a node yet, cannot know what it has missed.
            a.server().everywhere().broadcast("first");
            assertThat(here.next()).isEqualTo("first");
            assertThat(there.next()).isEqualTo("first");
            nats.kill();
            Await.until("both notice", () -> isAway(a) && isAway(b));
            // A server that is alone never makes its producers wait for others.
            int messages = 100;
            String filling = "x".repeat(1000);
            for (int i = 0; i < messages; i++) {
                assertThat(a.server().everywhere().broadcast(i + filling)).isEqualTo(SendResult.ACCEPTED);
                assertThat(here.next()).isEqualTo(i + filling);
            }
            long dropped = a.cluster().stats().dropped();
            assertThat(dropped).isBetween(30L, 60L);
            assertThat(a.cluster().stats().waitingBytes()).isBetween(32L * 1024, 64L * 1024);
            SessionAddress away = SessionAddress.of(b.sessionOf(there));
            assertThat(Await.get(a.server().send(away, ByteBuffer.allocate(1)))).isEqualTo(SendResult.CLOSED);
            assertThat(a.cluster().nodes()).hasSize(1);

            nats.startAgain();
            Await.until("both are back", () -> isUp(a) && isUp(b));
            // A node that is back listens again a moment later.
            Await.until(
                    "they hear each other", () -> a.server().everywhere().size().join() == 2);
            a.server().everywhere().broadcast("back");
            int last = -1;
            int received = 0;
            for (String line = there.next(); !line.equals("back"); line = there.next()) {
                int number = Integer.parseInt(line.substring(0, line.indexOf('x')));
                assertThat(number).isGreaterThan(last);
                last = number;
                received++;
            }
            // What was sent before the other had come back, it has missed, and knows it.
            ClusterStats stats = b.cluster().stats();
            assertThat(received + stats.missed()).isEqualTo(messages - dropped);
            assertThat(stats.duplicates()).isZero();
        }
    }

    @Test
    void aNodeThatNeedsNoNatsBeginsAloneAndJoinsWhenItIsThere() throws Exception {
        try (NatsServer nats = NatsServer.start(directory)) {
            nats.kill();
            NatsOptions options = NatsOptions.to(nats.url()).required(false);
            try (TestNode a = TestNode.start(options);
                    TestNode b = TestNode.start(options)) {
                assertThat(isAway(a)).isTrue();
                LineClient here = a.client();
                LineClient there = b.client();
                assertThat(a.server().everywhere().broadcast("alone")).isEqualTo(SendResult.ACCEPTED);
                assertThat(here.next()).isEqualTo("alone");
                nats.startAgain();
                Await.until("both are there", () -> isUp(a) && isUp(b));
                a.awaitOthers(1);
                b.awaitOthers(1);
                a.server().everywhere().broadcast("together");
                Await.until("it arrives", () -> there.lines().contains("together"));
            }
        }
    }

    @Test
    void aNodeThatIsNeverJoinedEndsAllTheSame() throws Exception {
        try (NatsServer nats = NatsServer.start(directory)) {
            nats.kill();
            try (TestNode alone = TestNode.start(NatsOptions.to(nats.url()).required(false))) {
                assertThat(alone.cluster().nodes()).isEmpty();
                assertThat(alone.server().everywhere().size().join()).isZero();
            }
        }
    }

    @Test
    void producersWaitForNatsThatDoesNotKeepUp() throws Exception {
        BlockingQueue<TcpServer> writable = new LinkedBlockingQueue<>();
        ServerListener listener = new ServerListener() {
            @Override
            public void onWritable(TcpServer server) {
                writable.add(server);
            }
        };
        try (NatsServer nats = NatsServer.start(directory);
                TestNode a = TestNode.start(
                        NatsOptions.to(nats.url()).bufferBytes(64 * 1024), options -> options.listen(listener));
                TestNode b = TestNode.start(nats.url())) {
            LineClient there = b.client();
            nats.signal("STOP");
            ByteBuffer filling = ByteBuffer.wrap("x".repeat(8 * 1024).getBytes(StandardCharsets.UTF_8));
            SendResult result = SendResult.ACCEPTED;
            // What the kernel and the client of NATS take is some megabytes.
            for (int i = 0; i < 100_000 && result == SendResult.ACCEPTED; i++) {
                result = a.server().everywhere().broadcast(filling);
            }
            nats.signal("CONT");
            assertThat(result).isEqualTo(SendResult.FULL);
            assertThat(Await.next(writable)).isSameAs(a.server());
            Await.until("both are well", () -> isUp(a) && isUp(b));
            assertThat(a.server().everywhere().broadcast("on we go")).isEqualTo(SendResult.ACCEPTED);
            Await.until("it arrives", () -> there.lines().contains("on we go"));
        }
    }

    private static boolean isAway(TestNode node) {
        return node.cluster().health() == ClusterHealth.AWAY;
    }

    private static boolean isUp(TestNode node) {
        return node.cluster().health() == ClusterHealth.UP;
    }
}
