package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that connects again by itself. */
class ReconnectTest {
    /** Else a server that accepts and hangs up would be connected to as fast as the loop turns. */
    @Test
    void waitsAlsoAfterASessionThatTheServerEnded() throws Exception {
        AtomicInteger connects = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        try (IoService io = IoService.builder().threads(1).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .onConnect(session -> {
                            connects.incrementAndGet();
                            session.close();
                        })
                        .start();
                TcpClient patient = TcpClient.on(io)
                        .to("127.0.0.1", server.port())
                        .reconnect(Backoff.fixed(Duration.ofHours(1)))
                        .onDisconnect((session, reason) -> ended.countDown())
                        .connect()) {
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            // Each of these gives the one loop time enough to connect the patient one again.
            for (int i = 0; i < 20; i++) {
                CountDownLatch other = new CountDownLatch(1);
                TcpClient client = TcpClient.on(io)
                        .to("127.0.0.1", server.port())
                        .onDisconnect((session, reason) -> other.countDown())
                        .connect();
                assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
                client.close();
            }
            assertThat(connects).hasValue(21);
            assertThat(patient.isConnected()).isFalse();
        }
    }
}
