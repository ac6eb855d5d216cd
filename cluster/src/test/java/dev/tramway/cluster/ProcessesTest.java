package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.SendResult;
import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.Crowd;
import dev.tramway.cluster.testing.LineClient;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.NodeProcess;
import dev.tramway.cluster.testing.TestNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as processes of their own: all is delivered while nothing fails, and what fails is noticed. */
class ProcessesTest {
    private static final String PREFIX = "processes";

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void everyClientGetsEveryBroadcastOnceAndInOrder() throws Exception {
        check(20, 500);
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void aThousandClientsOnEachNodeGetEveryBroadcastOnceAndInOrder() throws Exception {
        check(1000, 3000);
    }

    private void check(int clients, int messages) throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                NodeProcess a = NodeProcess.start(nats.url(), PREFIX);
                NodeProcess b = NodeProcess.start(nats.url(), PREFIX);
                NodeProcess c = NodeProcess.start(nats.url(), PREFIX);
                Crowd crowd = new Crowd(3)) {
            for (NodeProcess node : List.of(a, b, c)) {
                crowd.join(node.port(), clients);
            }
            List<Integer> senders = List.of(0, clients, 2 * clients);
            for (int sent = 0; sent < messages; sent += 100) {
                crowd.send(senders, sent + 1, sent + 100);
                crowd.awaitHeard(sent + 100);
            }
            assertThat(crowd.violations()).isEmpty();
            assertThat(crowd.gaps()).isEmpty();
        }
    }

    @Test
    @Timeout(120)
    void aNodeThatIsKilledIsGone() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                TestNode here = TestNode.start(NatsOptions.to(nats.url()).prefix(PREFIX));
                NodeProcess other = NodeProcess.start(nats.url(), PREFIX)) {
            here.awaitOthers(1);
            assertThat(here.cluster().nodes()).extracting(ClusterNode::id).containsExactly(other.id());
            other.kill();
            here.awaitOthers(0);
            try (NodeProcess next = NodeProcess.start(nats.url(), PREFIX)) {
                here.awaitOthers(1);
                assertThat(here.cluster().nodes()).extracting(ClusterNode::id).containsExactly(next.id());
            }
        }
    }

    @Test
    @Timeout(120)
    void aNodeThatIsStoppedIsGoneAndComesBackWithoutDuplicates() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                TestNode here = TestNode.start(NatsOptions.to(nats.url()).prefix(PREFIX));
                NodeProcess other = NodeProcess.start(nats.url(), PREFIX);
                Crowd crowd = new Crowd(1)) {
            crowd.join(other.port(), 1);
            LineClient local = here.client();
            here.awaitOthers(1);
            other.signal("STOP");
            here.awaitOthers(0);
            for (int number = 1; number <= 100; number++) {
                assertThat(here.server().everywhere().broadcast("0 " + number)).isEqualTo(SendResult.ACCEPTED);
                assertThat(local.next()).isEqualTo("0 " + number);
            }
            other.signal("CONT");
            here.awaitOthers(1);
            here.server().everywhere().broadcast("0 101");
            // NATS has kept for it what came meanwhile; that it was silent for so short a time it does not mind.
            crowd.awaitHeard(101);
            assertThat(crowd.violations()).isEmpty();
            assertThat(crowd.gaps()).isEmpty();
        }
    }

    @Test
    @Timeout(180)
    void whatAClusterOfNatsHasAcknowledgedSurvivesTheLossOfAServer() throws Exception {
        List<NatsServer> servers = NatsServer.startCluster(directory, 3);
        String[] urls = servers.stream().map(NatsServer::url).toArray(String[]::new);
        int messages = 60;
        try (NatsCluster node = NatsCluster.connect(NatsOptions.to(urls).replicas(3))) {
            DurableStream[] made = new DurableStream[1];
            Await.until("the servers are one cluster", () -> {
                try {
                    made[0] = node.stream("readings");
                } catch (java.io.UncheckedIOException notYet) {
                    return false;
                }
                return true;
            });
            for (int i = 0; i < messages; i++) {
                if (i == messages / 2) {
                    servers.get(0).kill();
                }
                appendUntilTaken(made[0], "reading " + i);
            }
            assertThat(StreamReader.read(urls[1], urls[2], made[0].subject(), messages))
                    .hasSize(messages)
                    .doesNotHaveDuplicates();
        } finally {
            for (NatsServer server : servers) {
                server.close();
            }
        }
    }

    /** As a sink does: what was not acknowledged is sent again, with the same id. */
    private static void appendUntilTaken(DurableStream stream, String reading) {
        Await.until(reading, () -> {
            try {
                stream.append(reading, reading.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .join();
                return true;
            } catch (java.util.concurrent.CompletionException again) {
                return false;
            }
        });
    }
}
