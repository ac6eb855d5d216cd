package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sends from another thread than the session's loop, which cannot know yet whether the session's queue has room. */
class SendFromAfarTest {
    private static final int SIZE = 60_000;

    @Test
    void aMessageThatWasAcceptedAndFindsTheQueueFullIsCountedAsDropped() throws Exception {
        try (IoService io = IoService.builder().threads(1).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .outbound(Outbound.limit(2 * SIZE).whenFull(Outbound.WhenFull.DROP_NEWEST))
                        .start();
                Socket reader = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            await().atMost(Duration.ofSeconds(10)).until(() -> server.everyone().size() == 1);
            Session session = server.sessions().iterator().next();
            int accepted = 0;
            for (int i = 0; i < 1000; i++) {
                accepted += session.send(new byte[SIZE]) == SendResult.ACCEPTED ? 1 : 0;
            }
            long taken = accepted;
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                SessionStats now = session.stats();
                assertThat(now.messagesSent() + now.messagesDropped() + now.bytesPending() / SIZE)
                        .isEqualTo(taken);
            });
            assertThat(session.stats().messagesDropped()).isPositive();
            assertThat(reader.isConnected()).isTrue();
        }
    }
}
