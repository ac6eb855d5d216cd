package dev.tramway.server.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Connection;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private static final int SIZE = 20_000;
    private static final int MESSAGES = 500;

    /** Inboxes of the least size, so that messages from one loop to the other find no room again and again. */
    @Test
    void nothingIsLostWhenTheLoopsHaveNoRoom() throws Exception {
        try (var io = IoService.builder().threads(2).inboxLimit(64 << 10).start();
                var clients = IoService.builder().threads(2).start();
                var server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(Framing.fixedSize(SIZE))
                        .outbound(Outbound.limit(1L << 30))
                        .listen(new Unframed())
                        .start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                connections.add(TcpClient.on(clients)
                        .to("127.0.0.1", server.port())
                        .framing(Framing.fixedSize(SIZE))
                        .open());
            }
            Awaitility.await().until(() -> server.everyone().size() == connections.size());
            List<CompletableFuture<Void>> received = connections.stream()
                    .map(connection -> CompletableFuture.runAsync(() -> expectAll(connection), threads))
                    .toList();
            for (int sender = 0; sender < connections.size(); sender++) {
                int number = sender;
                threads.submit(() -> sendAll(connections.get(number), number));
            }
            CompletableFuture.allOf(received.toArray(CompletableFuture[]::new)).get();
            connections.forEach(Connection::close);
        }
    }

    /** The room without its greeting, which has no place among messages of one size. */
    private static final class Unframed implements ServerListener {
        private final ChatRoom room = new ChatRoom("lobby", Elsewhere.NOWHERE);

        @Override
        public void onMessage(Session session, ByteBuffer message) {
            room.onMessage(session, message);
        }

        @Override
        public void onWritable(TcpServer server) {
            room.onWritable(server);
        }
    }

    private static void sendAll(Connection connection, int sender) {
        ByteBuffer message = ByteBuffer.allocate(SIZE);
        for (int i = 0; i < MESSAGES; i++) {
            connection.send(message.putInt(0, sender).putInt(4, i));
        }
    }

    private static void expectAll(Connection connection) {
        int[] next = new int[4];
        for (int i = 0; i < 4 * MESSAGES; i++) {
            ByteBuffer message = connection.receive().orElseThrow();
            int sender = message.getInt(message.position());
            assertThat(message.getInt(message.position() + 4)).isEqualTo(next[sender]++);
        }
    }
}
