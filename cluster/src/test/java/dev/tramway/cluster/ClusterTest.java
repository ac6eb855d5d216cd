package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.ConnectFailedException;
import dev.tramway.Group;
import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SessionAddress;
import dev.tramway.TcpServer;
import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.LineClient;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.TestNode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster promises while nothing fails. Each test is an installation of its own on one nats-server. */
class ClusterTest {
    @TempDir
    static Path directory;

    private static NatsServer nats;
    private String prefix;

    @BeforeAll
    static void startNats() throws Exception {
        nats = NatsServer.start(directory);
    }

    @AfterAll
    static void stopNats() throws Exception {
        if (nats != null) {
            nats.close();
        }
    }

    @BeforeEach
    void nameInstallation(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName();
    }

    private NatsOptions options() {
        return NatsOptions.to(nats.url()).prefix(prefix);
    }

    private TestNode node() {
        return TestNode.start(options());
    }

    @Test
    void aBroadcastEverywhereReachesEachSessionOfEachNodeOnce() throws Exception {
        try (TestNode a = node();
                TestNode b = node();
                TestNode c = node()) {
            List<LineClient> clients = List.of(a.client(), b.client(), b.client(), c.client());
            assertThat(a.server().everywhere().broadcast("first")).isEqualTo(SendResult.ACCEPTED);
            assertThat(a.server().everywhere().broadcast("last")).isEqualTo(SendResult.ACCEPTED);
            for (LineClient client : clients) {
                assertThat(client.next()).isEqualTo("first");
                assertThat(client.next()).isEqualTo("last");
                assertThat(client.lines()).isEmpty();
            }
            assertThat(a.cluster().stats().sent()).isEqualTo(2);
            assertThat(b.cluster().stats().received()).isEqualTo(2);
            assertThat(a.cluster().stats().returned()).isZero();
        }
    }

    @Test
    void aPlainBroadcastStaysOnItsNode() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            LineClient here = a.client();
            LineClient there = b.client();
            a.server().broadcast("here");
            a.server().everywhere().broadcast("everywhere");
            assertThat(here.next()).isEqualTo("here");
            assertThat(here.next()).isEqualTo("everywhere");
            assertThat(there.next()).isEqualTo("everywhere");
        }
    }

    @Test
    void theSenderIsLeftOutWhereItIsAsked() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            LineClient sender = a.client();
            LineClient there = b.client();
            a.server().everywhere().broadcast(text("not for me"), a.sessionOf(sender));
            a.server().everywhere().broadcast("for all");
            assertThat(sender.next()).isEqualTo("for all");
            assertThat(there.next()).isEqualTo("not for me");
        }
    }

    @Test
    void aGroupEverywhereReachesItsMembersOnly() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            a.awaitOthers(1);
            LineClient member = b.client();
            LineClient other = b.client();
            String name = "a name with spaces. and > dots *, " + "long ".repeat(100);
            Group room = b.server().group(name);
            room.add(b.sessionOf(member));
            // That a node has members, NATS knows a moment later.
            Await.until("the group is known", () -> {
                a.server().group(name).everywhere().broadcast("hello");
                return !member.lines().isEmpty();
            });
            a.server().group(name).everywhere().broadcast("to the room");
            a.server().everywhere().broadcast("to all");
            assertThat(other.next()).isEqualTo("to all");
            List<String> heard = new ArrayList<>();
            do {
                heard.add(member.next());
            } while (!heard.contains("to all"));
            assertThat(heard).endsWith("to the room", "to all").contains("hello");
            assertThat(Await.get(a.server().group(name).everywhere().size())).isEqualTo(1);
            assertThat(Await.get(a.server().group("nobody's").everywhere().size()))
                    .isZero();
        }
    }

    @Test
    void aGroupThatWasEmptyForAWhileIsHeardAgain() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            LineClient member = b.client();
            Group room = b.server().group("room");
            for (int round = 0; round < 20; round++) {
                room.add(b.sessionOf(member));
                room.remove(b.sessionOf(member));
            }
            room.add(b.sessionOf(member));
            Await.until("the group is known", () -> {
                a.server().group("room").everywhere().broadcast("hello");
                return !member.lines().isEmpty();
            });
            assertThat(member.next()).isEqualTo("hello");
        }
    }

    @Test
    void allSessionsAreCounted() throws Exception {
        try (TestNode a = node();
                TestNode b = node();
                TestNode c = node()) {
            a.awaitOthers(2);
            a.client();
            b.client();
            b.client();
            assertThat(Await.get(a.server().everywhere().size())).isEqualTo(3);
            assertThat(c.server().everywhere().name())
                    .isEqualTo(c.server().everyone().name());
        }
    }

    @Test
    void aSessionIsReachedWhereverItLives() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            LineClient there = b.client();
            SessionAddress address = SessionAddress.of(b.sessionOf(there));
            SessionAddress told = SessionAddress.parse(address.toString());
            assertThat(Await.get(a.server().send(told, text("to you")))).isEqualTo(SendResult.ACCEPTED);
            assertThat(Await.get(b.server().send(told, text("from home")))).isEqualTo(SendResult.ACCEPTED);
            assertThat(there.next()).isEqualTo("to you");
            assertThat(there.next()).isEqualTo("from home");
            assertThat(Await.get(a.server().disconnect(told))).isTrue();
            Await.until("client is disconnected", there::hasEnded);
            assertThat(Await.get(a.server().send(told, text("too late")))).isEqualTo(SendResult.CLOSED);
            assertThat(Await.get(a.server().disconnect(told))).isFalse();
        }
    }

    @Test
    void aSessionOfANodeThatIsNotThereIsClosed() throws Exception {
        try (TestNode a = node()) {
            SessionAddress nowhere = new SessionAddress(UUID.randomUUID(), UUID.randomUUID());
            assertThat(Await.get(a.server().send(nowhere, text("anybody?")))).isEqualTo(SendResult.CLOSED);
            assertThat(Await.get(a.server().disconnect(nowhere))).isFalse();
        }
    }

    @Test
    void whatOneThreadSendsKeepsItsOrderOnEveryNode() throws Exception {
        int rounds = 2000;
        try (TestNode a = node();
                TestNode b = node()) {
            LineClient there = b.client();
            SessionAddress address = SessionAddress.of(b.sessionOf(there));
            for (int i = 0; i < rounds; i++) {
                a.server().everywhere().broadcast("m" + 2 * i);
                if (i % 100 == 0) {
                    a.server().send(address, text("m" + (2 * i + 1)));
                }
            }
            for (int i = 0; i < rounds; i++) {
                assertThat(there.next()).isEqualTo("m" + 2 * i);
                if (i % 100 == 0) {
                    assertThat(there.next()).isEqualTo("m" + (2 * i + 1));
                }
            }
        }
    }

    @Test
    void nodesHearOfEachOther() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (TestNode a = TestNode.start(options().name("first"))) {
            a.cluster().listen(new ClusterListener() {
                @Override
                public void onNodeJoined(ClusterNode node) {
                    events.add("joined " + node.name());
                }

                @Override
                public void onNodeLeft(ClusterNode node) {
                    events.add("left " + node.name());
                }
            });
            try (TestNode b = TestNode.start(options().name("second"))) {
                assertThat(Await.next(events)).isEqualTo("joined second");
                b.client();
                Await.until(
                        "the number of sessions is known",
                        () -> a.cluster().nodes().stream().anyMatch(node -> node.sessions() == 1));
                assertThat(a.cluster().nodes())
                        .extracting(ClusterNode::id)
                        .containsExactly(b.server().id());
                Await.until("health", () -> a.cluster().health() == ClusterHealth.UP);
            }
            assertThat(Await.next(events)).isEqualTo("left second");
            assertThat(a.cluster().nodes()).isEmpty();
        }
    }

    @Test
    void aServiceOfAnotherNodeAnswers() throws Exception {
        try (TestNode a = node();
                TestNode b = node()) {
            b.cluster()
                    .serve(
                            "echo",
                            request -> CompletableFuture.completedFuture(
                                    ("you said " + StandardCharsets.UTF_8.decode(request))
                                            .getBytes(StandardCharsets.UTF_8)));
            b.cluster()
                    .serve("fail", request -> CompletableFuture.failedFuture(new IllegalStateException("not today")));
            UUID there = b.cluster().id();
            byte[] request = "hello".getBytes(StandardCharsets.UTF_8);
            assertThat(Await.get(a.cluster().call(there, "echo", request)))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("you said hello");
            assertThatThrownBy(() -> a.cluster().call(there, "fail", request).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("not today");
            assertThatThrownBy(() -> a.cluster().call(there, "none", request).get())
                    .hasMessageContaining("no service none");
        }
    }

    @Test
    void aChannelReachesItsListenersOnOtherNodesInOrder() throws Exception {
        try (TestNode a = node();
                TestNode b = node();
                TestNode c = node()) {
            BlockingQueue<String> atA = new LinkedBlockingQueue<>();
            BlockingQueue<String> atB = new LinkedBlockingQueue<>();
            BlockingQueue<String> elsewhere = new LinkedBlockingQueue<>();
            Channel channel = a.cluster().channel("news", hear(atA));
            b.cluster().channel("news", hear(atB));
            c.cluster().channel("other news", hear(elsewhere));
            // That a listener is there, the others know a moment later.
            Await.until("the listener is known", () -> {
                channel.send(text("hello"));
                return !atB.isEmpty();
            });
            for (int number = 1; number <= 1000; number++) {
                assertThat(channel.send(text("" + number))).isEqualTo(SendResult.ACCEPTED);
            }
            int expected = 1;
            while (expected <= 1000) {
                String message = Await.next(atB);
                if (!message.equals("hello")) {
                    assertThat(message).isEqualTo("" + expected++);
                }
            }
            assertThat(atA).isEmpty();
            assertThat(elsewhere).isEmpty();
            assertThatThrownBy(() -> a.cluster().channel("news", hear(atA))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatAListenerOfAChannelDoesNotTakeIsCounted() {
        try (NatsCluster a = NatsCluster.connect(options());
                NatsCluster b = NatsCluster.connect(options())) {
            Channel channel = a.channel("news", message -> true);
            b.channel("news", message -> false);
            Await.until("it is counted", () -> {
                channel.send(text("hello"));
                return b.stats().refusedHere() > 0;
            });
            assertThat(b.stats().received()).isZero();
        }
    }

    private static ChannelListener hear(BlockingQueue<String> messages) {
        return message -> messages.add(StandardCharsets.UTF_8.decode(message).toString());
    }

    @Test
    void whatIsNotOfThisVersionAndInstallationIsRefusedAndCounted() throws Exception {
        try (TestNode a = node();
                Connection stranger = Nats.connect(nats.url())) {
            LineClient client = a.client();
            // Of the installation "other", which somebody has mapped to our subjects; of version 2; and no packet at
            // all.
            stranger.publish(prefix + ".all", packet(1, "other"));
            stranger.publish(prefix + ".all", packet(2, prefix));
            stranger.publish(prefix + ".all", "hello".getBytes(StandardCharsets.UTF_8));
            Await.until("three are refused", () -> a.cluster().stats().foreign() == 3);
            stranger.publish(prefix + ".all", packet(1, prefix));
            assertThat(client.next()).isEqualTo("hi");
            // The same number again.
            stranger.publish(prefix + ".all", packet(1, prefix));
            Await.until("the duplicate is known", () -> a.cluster().stats().duplicates() == 1);
            assertThat(client.lines()).isEmpty();
            assertThat(a.cluster().stats().foreign()).isEqualTo(3);
        }
    }

    /** Written byte by byte, as the documentation of the format says. */
    private static byte[] packet(int version, String installation) {
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(installation.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(38)
                .put((byte) 'T')
                .put((byte) 'W')
                .put((byte) version)
                .put((byte) 0)
                .putInt((int) sum.getValue())
                .putLong(1)
                .putLong(2)
                .putLong(1)
                .putInt(2)
                .put((byte) 'h')
                .put((byte) 'i')
                .array();
    }

    @Test
    void installationsDoNotHearEachOther() throws Exception {
        try (TestNode a = node();
                TestNode b = TestNode.start(options().prefix("another"))) {
            LineClient client = b.client();
            a.server().everywhere().broadcast("not yours");
            b.server().everywhere().broadcast("yours");
            assertThat(client.next()).isEqualTo("yours");
            assertThat(b.cluster().nodes()).isEmpty();
            assertThat(b.cluster().stats().received()).isZero();
        }
    }

    @Test
    void aMessageLongerThanNatsTakesIsDroppedAndCounted() throws Exception {
        try (TestNode a = node()) {
            ByteBuffer tooLong = ByteBuffer.allocate(2 * 1024 * 1024);
            assertThat(a.server().everywhere().broadcast(tooLong)).isEqualTo(SendResult.ACCEPTED);
            assertThat(a.cluster().stats().dropped()).isEqualTo(1);
        }
    }

    @Test
    void aSecondRunningServerIsRefused() throws Exception {
        try (TestNode a = node();
                IoService io = IoService.start()) {
            TcpServer.Builder second = TcpServer.on(io).port(0).cluster(a.cluster());
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another running server");
            a.server().close();
            try (TcpServer next = second.start()) {
                assertThat(next.id()).isEqualTo(a.cluster().id());
            }
        }
    }

    @Test
    void withoutAClusterTheServerIsAllThereIs() throws Exception {
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .port(0)
                        .framing(dev.tramway.Framing.lines())
                        .start();
                LineClient client = LineClient.connect(server.port())) {
            Await.until("client is in", () -> server.everyone().size() == 1);
            server.everywhere().broadcast("hello");
            assertThat(client.next()).isEqualTo("hello");
            assertThat(Await.get(server.everywhere().size())).isEqualTo(1);
            Session session = server.sessions().iterator().next();
            assertThat(Await.get(server.send(SessionAddress.of(session), text("you"))))
                    .isEqualTo(SendResult.ACCEPTED);
            assertThat(client.next()).isEqualTo("you");
        }
    }

    @Test
    void natsThatIsNotReachedIsNamed() {
        assertThatThrownBy(() -> NatsCluster.connect("nats://127.0.0.1:1"))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("nats://127.0.0.1:1");
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
