package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.NatsServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name belongs to the node that claimed it last. */
class PlacesTest {
    @TempDir
    Path directory;

    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

    private void claim(NatsCluster node, String name, String by) {
        node.places().claim(name, () -> lost.add(by));
    }

    private static void awaitPlace(NatsCluster asked, String name, Optional<UUID> node) {
        Await.until("place of " + name, () -> {
            try {
                return asked.places().find(name).join().equals(node);
            } catch (java.util.concurrent.CompletionException away) {
                return false;
            }
        });
    }

    private static void awaitNodes(NatsCluster node, int others) {
        Await.until("nodes", () -> node.nodes().size() == others && node.health() == ClusterHealth.UP);
    }

    @Test
    void theNewestClaimWinsAndTheOlderIsTold() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                NatsCluster a = NatsCluster.connect(nats.url());
                NatsCluster b = NatsCluster.connect(nats.url())) {
            awaitNodes(a, 1);
            awaitNodes(b, 1);
            claim(a, "a device/1", "a");
            awaitPlace(b, "a device/1", Optional.of(a.id()));
            claim(b, "a device/1", "b");
            assertThat(Await.next(lost)).isEqualTo("a");
            awaitPlace(a, "a device/1", Optional.of(b.id()));
            // It has lost it, and cannot give it up.
            a.places().release("a device/1");
            awaitPlace(a, "a device/1", Optional.of(b.id()));
            claim(a, "a device/1", "a again");
            assertThat(Await.next(lost)).isEqualTo("b");
            a.places().release("a device/1");
            awaitPlace(b, "a device/1", Optional.empty());
            assertThat(lost).isEmpty();
        }
    }

    @Test
    void ofManyWhoClaimAtOnceOneHasIt() throws Exception {
        int names = 50;
        try (NatsServer nats = NatsServer.start(directory);
                NatsCluster a = NatsCluster.connect(nats.url());
                NatsCluster b = NatsCluster.connect(nats.url())) {
            awaitNodes(a, 1);
            awaitNodes(b, 1);
            for (int i = 0; i < names; i++) {
                String name = "device " + i;
                a.places().claim(name, () -> lost.add("a " + name));
                b.places().claim(name, () -> lost.add("b " + name));
            }
            Await.until("one of two has lost each", () -> lost.size() == names);
            for (int i = 0; i < names; i++) {
                boolean aHasLost = lost.contains("a device " + i);
                assertThat(lost.contains("b device " + i)).isNotEqualTo(aHasLost);
                awaitPlace(a, "device " + i, Optional.of((aHasLost ? b : a).id()));
            }
        }
    }

    @Test
    void whatWasClaimedWhileNatsWasAwayIsSettledWhenItIsBack() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                NatsCluster a = NatsCluster.connect(nats.url());
                NatsCluster b = NatsCluster.connect(nats.url())) {
            awaitNodes(a, 1);
            awaitNodes(b, 1);
            claim(a, "device", "a");
            awaitPlace(b, "device", Optional.of(a.id()));
            nats.kill();
            Await.until("both notice", () -> a.health() == ClusterHealth.AWAY && b.health() == ClusterHealth.AWAY);
            claim(b, "device", "b");
            nats.startAgain();
            assertThat(Await.next(lost)).isEqualTo("a");
            awaitPlace(a, "device", Optional.of(b.id()));
        }
    }

    @Test
    void whatANodeHadThatIsGoneIsNowhere() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                NatsCluster a = NatsCluster.connect(nats.url())) {
            try (NatsCluster b = NatsCluster.connect(nats.url())) {
                awaitNodes(a, 1);
                claim(b, "device", "b");
                awaitPlace(a, "device", Optional.of(b.id()));
            }
            awaitPlace(a, "device", Optional.empty());
            claim(a, "device", "a");
            awaitPlace(a, "device", Optional.of(a.id()));
            assertThat(lost).isEmpty();
        }
    }
}
