package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.Crowd.Gap;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.NodeProcess;
import dev.tramway.cluster.testing.TwoNetworks;
import dev.tramway.cluster.testing.TwoNetworks.Cut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One node is cut off from the others and from NATS, while all talk: nothing comes twice, and what is lost is counted. */
class NetworkCutTest {
    private static final String PREFIX = "cut";
    private static final int CLIENTS = 5;

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void aNodeThatIsCutOffForAMomentIsGoneAndComesBack() throws Exception {
        try (TwoNetworks networks = TwoNetworks.make();
                Talking talking = new Talking(networks, directory, 1)) {
            networks.cut(Cut.DOWN);
            talking.awaitGone();
            networks.heal(Cut.DOWN);
            talking.awaitWell();
            talking.check();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    @Timeout(600)
    void aNodeThatIsCutOffAgainAndAgainIsBackWithinTwoSeconds(Cut how) throws Exception {
        try (TwoNetworks networks = TwoNetworks.make();
                Talking talking = new Talking(networks, directory, 2)) {
            for (int seconds = 0; seconds < 8; seconds++) {
                networks.cut(how);
                long cut = System.nanoTime();
                talking.awaitGone();
                long gone = System.nanoTime() - cut;
                // Longer each time: how long TCP waits before it tries again depends on how long it has waited before.
                Duration longer = Duration.ofMillis(700L * seconds);
                Await.until("cut long enough", () -> System.nanoTime() - cut > gone + longer.toNanos());
                networks.heal(how);
                long healed = System.nanoTime();
                talking.awaitWell();
                Duration well = Duration.ofNanos(System.nanoTime() - healed);
                System.out.printf(
                        "%s: gone after %d ms, cut for %d ms, well after %d ms%n",
                        how, gone / 1_000_000, (healed - cut) / 1_000_000, well.toMillis());
                assertThat(well).isLessThan(Duration.ofSeconds(2));
            }
            talking.check();
        }
    }

    /** Nodes near NATS, and one that is cut off, each with some clients, of which the first talks all the time. */
    private static final class Talking implements AutoCloseable {
        private final NatsServer nats;
        private final List<NodeProcess> near = new ArrayList<>();
        private final NodeProcess far;
        private final List<NodeProcess> all = new ArrayList<>();

        Talking(TwoNetworks networks, Path directory, int others) throws Exception {
            nats = NatsServer.startIn(networks.inHub(), TwoNetworks.HUB, directory);
            for (int i = 0; i < others; i++) {
                near.add(NodeProcess.start(networks.inHub(), nats.url(), PREFIX, others + 1));
            }
            far = NodeProcess.start(networks.inLeaf(), nats.url(), PREFIX, others + 1);
            all.addAll(near);
            all.add(far);
            awaitWell();
            all.forEach(node -> node.ask("join " + CLIENTS));
            for (int sender = 0; sender < all.size(); sender++) {
                all.get(sender).ask("talk " + sender);
            }
            awaitHeard(List.of(1, 1, 1));
        }

        void awaitGone() {
            Await.until(
                    "it is gone",
                    () -> near.stream().allMatch(node -> node.ask("others").equals(Integer.toString(near.size() - 1))));
        }

        void awaitWell() {
            Await.until(
                    "all see each other",
                    () -> all.stream()
                            .allMatch(node -> node.ask("others").equals(Integer.toString(near.size()))
                                    && node.ask("health").equals("UP")));
        }

        private void awaitHeard(List<Integer> numbers) {
            Await.until(
                    "all are heard by all",
                    () -> all.stream().allMatch(node -> {
                        List<String> heard = node.askAll("heard");
                        for (int sender = 0; sender < all.size(); sender++) {
                            if (Integer.parseInt(heard.get(sender)) < numbers.get(sender)) {
                                return false;
                            }
                        }
                        return true;
                    }));
        }

        /** Everything that is said from now on is heard, nothing was heard twice, and what was lost was counted. */
        void check() throws Exception {
            List<Integer> well = said("said");
            awaitHeard(well.stream().map(number -> number + 100).toList());
            awaitHeard(said("hush"));
            for (NodeProcess node : all) {
                List<String> losses = node.askAll("losses");
                assertThat(node.askAll("violations")).isEmpty();
                List<Gap> gaps = node.askAll("gaps").stream().map(Gap::parse).toList();
                System.out.println("losses (dropped, missed, refused): " + losses + ", gaps: " + gaps);
                assertThat(losses.get(0)).as("dropped").isEqualTo("0");
                assertThat(gaps.stream().mapToLong(Gap::size).sum())
                        .isEqualTo(Long.parseLong(losses.get(1)) + Long.parseLong(losses.get(2)));
                assertThat(gaps).allSatisfy(gap -> {
                    assertThat(gap.last()).isLessThanOrEqualTo(well.get(gap.sender()));
                    // Only what passes the wire that was cut is lost.
                    assertThat(node == far || gap.sender() == all.indexOf(far)).isTrue();
                    assertThat(gap.sender()).isNotEqualTo(all.indexOf(node));
                });
            }
        }

        private List<Integer> said(String command) {
            List<Integer> numbers = new ArrayList<>();
            for (int sender = 0; sender < all.size(); sender++) {
                numbers.add(Integer.parseInt(all.get(sender).ask(command + " " + sender)));
            }
            return numbers;
        }

        @Override
        public void close() throws Exception {
            for (NodeProcess node : all) {
                node.close();
            }
            nats.close();
        }
    }
}
