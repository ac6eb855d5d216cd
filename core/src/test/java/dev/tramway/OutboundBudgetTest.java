package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two thirds of all subscribers stop reading, and none of them is at a limit of its own. */
@ExtendWith(NoLeaks.class)
class OutboundBudgetTest {
    private static final int BUDGET = 2 << 20;
    private static final int MESSAGE = 16 << 10;
    private static final int MANY = 4;

    /** Kernel buffers so small that they are soon full. */
    private static final int SOCKET_BUFFER = 32 << 10;

    /** Reasons and ports of those who have left. */
    private final List<String> gone = new CopyOnWriteArrayList<>();

    private int sent;

    @OverWires
    void whoHoldsMostIsGivenUpFirstAndWhoReadsLosesNothing(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.outboundBudget(BUDGET))) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(4, MESSAGE))
                    .socketBuffers(0, SOCKET_BUFFER)
                    .outbound(Outbound.limit(1 << 30))
                    .onDisconnect((session, reason) -> gone.add(
                            reason.kind() + " " + session.remoteAddress().getPort())));
            List<Peer> readers = join(net, server, MANY);
            List<Peer> first = join(net, server, MANY);
            broadcast(25, net, server, readers);
            assertThat(gone).isEmpty();
            List<Peer> later = join(net, server, MANY);
            broadcast(80, net, server, readers);
            assertThat(gone.subList(0, MANY)).containsExactlyInAnyOrderElementsOf(slow(first));
            assertThat(gone.subList(MANY, gone.size())).isNotEmpty().isSubsetOf(slow(later));
            assertThat(server.stats().sessions()).isGreaterThan(MANY);
        }
    }

    @Test
    void aBudgetIsNotNegative() {
        assertThatThrownBy(() -> IoService.builder().outboundBudget(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Peer> join(Net net, TcpServer server, int count) {
        long before = server.stats().sessions();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(net.closing(Peer.connect(net.wire(), server.port(), SOCKET_BUFFER)));
        }
        Await.until("joined", () -> server.everyone().size() == before + count);
        return peers;
    }

    /** Sends numbered messages, each when those who read have the one before. */
    private void broadcast(int count, Net net, TcpServer server, List<Peer> readers) {
        for (int i = 0; i < count; i++) {
            assertThat(server.broadcast(ByteBuffer.allocate(MESSAGE).putInt(0, sent)))
                    .isEqualTo(SendResult.ACCEPTED);
            for (Peer reader : readers) {
                assertThat(ByteBuffer.wrap(reader.receive(4 + MESSAGE)).getInt(4))
                        .isEqualTo(sent);
            }
            sent++;
            net.settle();
            assertThat(server.stats().bytesPending()).isLessThanOrEqualTo(BUDGET + BUDGET / 20);
        }
    }

    private static List<String> slow(List<Peer> peers) {
        return peers.stream()
                .map(peer -> CloseReason.Kind.SLOW_CONSUMER + " " + peer.localPort())
                .toList();
    }
}
