package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.Crowd;
import dev.tramway.cluster.testing.Crowd.Gap;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes and NATS are killed and stopped, one fault after the other, while all talk: nothing comes twice, what is lost is lost while something fails, and
 * is counted. {@code -Dtramway.seed=} repeats a run, {@code -Dtramway.rounds=} says how many faults there are.
 */
@Tag("long")
class RandomFaultsTest {
    private static final String PREFIX = "faults";
    private static final int NODES = 3;
    private static final int CLIENTS = 10;
    private static final int SENDERS = 256;
    private static final int LONGEST_MILLIS = 5_000;

    /** How soon presence is right again. */
    private static final Duration HEALED = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private enum Fault {
        NODE_KILLED,
        NODE_STOPPED,
        NATS_KILLED,
        NATS_STOPPED
    }

    @Test
    @Timeout(1200)
    void nothingComesTwiceAndWhatIsLostIsCounted() throws Exception {
        long seed = Long.getLong("tramway.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (Plant plant = new Plant(directory)) {
            Duration slowest = Duration.ZERO;
            for (int round = 1; round <= Integer.getInteger("tramway.rounds", 30); round++) {
                Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                Duration healed = plant.suffer(fault, random.nextInt(NODES), random.nextInt(LONGEST_MILLIS));
                System.out.printf("%d: %s, well after %d ms%n", round, fault, healed.toMillis());
                slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
            }
            plant.check();
            assertThat(slowest).isLessThan(HEALED);
        }
    }

    /** Numbers of one sender that may be lost, because something failed when they were said. */
    private record Window(int sender, int after, int last) {
        boolean holds(Gap gap) {
            return gap.sender() == sender && gap.first() > after && gap.last() <= last;
        }
    }

    private static final class Plant implements AutoCloseable {
        private final NatsServer nats;
        private final Crowd crowd = new Crowd(SENDERS);

        /** Those that live, by the number of the sender who talks there. */
        private final Map<Integer, NodeProcess> nodes = new LinkedHashMap<>();

        /** What each of them had lost when its clients came: what others said before it served. */
        private final Map<NodeProcess, Long> lostBefore = new HashMap<>();

        private final List<Window> windows = new ArrayList<>();
        private int senders;

        Plant(Path directory) throws Exception {
            nats = NatsServer.start(directory);
            for (int i = 0; i < NODES; i++) {
                addNode();
            }
            awaitWell();
            awaitHeard();
        }

        private void addNode() throws IOException {
            NodeProcess node = NodeProcess.start(nats.url(), PREFIX);
            nodes.put(senders++, node);
        }

        /** Lets clients in and one of them talk, where there are none. */
        private void populate() throws InterruptedException {
            for (Map.Entry<Integer, NodeProcess> each : nodes.entrySet()) {
                if (!crowd.isAt(each.getValue().port())) {
                    lostBefore.put(each.getValue(), lost(each.getValue()));
                    crowd.joinLate(each.getValue().port(), CLIENTS);
                    crowd.talk(each.getValue().port(), each.getKey());
                }
            }
        }

        /** Lets something fail for a while; answers how long it took after that until all was well. */
        Duration suffer(Fault fault, int place, int millis) throws Exception {
            List<Integer> before = crowd.heard();
            int sender = List.copyOf(nodes.keySet()).get(place);
            NodeProcess victim = Objects.requireNonNull(nodes.get(sender));
            begin(fault, sender, victim);
            long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            Await.until("it has lasted long enough", () -> System.nanoTime() - until > 0);
            end(fault, victim);
            long healed = System.nanoTime();
            awaitWell();
            Duration well = Duration.ofNanos(System.nanoTime() - healed);
            nodes.keySet().stream()
                    .filter(crowd::talks)
                    .forEach(one -> windows.add(new Window(one, before.get(one), crowd.said(one))));
            awaitHeard();
            return well;
        }

        private void begin(Fault fault, int sender, NodeProcess victim) throws Exception {
            switch (fault) {
                case NODE_KILLED -> {
                    victim.kill();
                    crowd.leave(victim.port(), sender);
                    nodes.remove(sender);
                }
                case NODE_STOPPED -> victim.signal("STOP");
                case NATS_KILLED -> nats.kill();
                case NATS_STOPPED -> nats.signal("STOP");
            }
        }

        private void end(Fault fault, NodeProcess victim) throws Exception {
            switch (fault) {
                case NODE_KILLED -> addNode();
                case NODE_STOPPED -> victim.signal("CONT");
                case NATS_KILLED -> nats.startAgain();
                case NATS_STOPPED -> nats.signal("CONT");
            }
        }

        private void awaitWell() {
            Await.until(
                    "all see each other",
                    () -> nodes.values().stream()
                            .allMatch(node -> node.ask("health").equals("UP")
                                    && node.ask("others").equals(Integer.toString(NODES - 1))));
        }

        /** All who live are heard by all, with what they say from now on. */
        private void awaitHeard() throws InterruptedException {
            populate();
            List<Integer> wanted = new ArrayList<>();
            nodes.keySet().forEach(sender -> wanted.add(crowd.said(sender) + 20));
            Await.until("all are heard by all", () -> {
                List<Integer> heard = crowd.heard();
                List<Integer> living = List.copyOf(nodes.keySet());
                for (int i = 0; i < living.size(); i++) {
                    if (heard.get(living.get(i)) < wanted.get(i)) {
                        return false;
                    }
                }
                return true;
            });
        }

        void check() {
            assertThat(crowd.violations()).isEmpty();
            for (NodeProcess node : nodes.values()) {
                List<Gap> gaps = List.copyOf(crowd.gaps(node.port()));
                long lost = lost(node) - lostBefore.getOrDefault(node, 0L);
                System.out.println("lost: " + lost + ", gaps: " + gaps);
                assertThat(gaps.stream().mapToLong(Gap::size).sum()).isEqualTo(lost);
                assertThat(gaps).allSatisfy(gap -> assertThat(windows).anyMatch(window -> window.holds(gap)));
            }
        }

        /** Missed or refused; with so little to say, nothing is dropped. */
        private static long lost(NodeProcess node) {
            List<String> losses = node.askAll("losses");
            assertThat(losses.get(0)).as("dropped").isEqualTo("0");
            return Long.parseLong(losses.get(1)) + Long.parseLong(losses.get(2));
        }

        @Override
        public void close() throws Exception {
            crowd.close();
            for (NodeProcess node : nodes.values()) {
                node.close();
            }
            nats.close();
        }
    }
}
