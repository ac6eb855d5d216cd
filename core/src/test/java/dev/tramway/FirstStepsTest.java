package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library as a newcomer meets it. */
class FirstStepsTest {
    @ParameterizedTest
    @MethodSource("dev.tramway.testing.Wires#transports")
    void echoesMessages(Transport transport) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        CompletableFuture<CloseReason> left = new CompletableFuture<>();
        try (IoService io = IoService.builder().transport(transport).threads(2).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(Framing.lengthPrefixed(4, 1 << 20))
                        .onMessage((session, message) -> session.send(message))
                        .onDisconnect((session, reason) -> left.complete(reason))
                        .start();
                TcpClient client = TcpClient.on(io)
                        .to("127.0.0.1", server.port())
                        .framing(Framing.lengthPrefixed(4, 1 << 20))
                        .onMessage(Codec.utf8(), (session, text) -> received.add(text))
                        .connect()) {
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String text = "message " + i + "x".repeat(i % 500);
                sent.add(text);
                assertThat(client.send(text)).isEqualTo(SendResult.ACCEPTED);
            }
            for (String text : sent) {
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
            }
            client.disconnect().get(10, TimeUnit.SECONDS);
            assertThat(left.get(10, TimeUnit.SECONDS).kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(server.stats().messagesReceived()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tramway.testing.Wires#transports")
    void broadcastsToAllButOne(Transport transport) throws Exception {
        try (IoService io = IoService.builder().transport(transport).threads(2).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .tls(Tls.selfSigned("localhost"))
                        .framing(Framing.lines())
                        .onMessage((session, message) -> session.server().broadcast(message, session))
                        .start()) {
            List<Connection> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(TcpClient.on(io)
                        .to("localhost", server.port())
                        .tls(Tls.client().insecureTrustEverything())
                        .framing(Framing.lines())
                        .open());
            }
            Await.until("three sessions", () -> server.everyone().size() == 3);
            clients.get(0).send("hello");
            for (Connection hearing : clients.subList(1, 3)) {
                ByteBuffer heard = hearing.receive().orElseThrow();
                assertThat(Text.of(heard)).isEqualTo("hello");
            }
            clients.get(1).send("answer");
            assertThat(Text.of(clients.get(0).receive().orElseThrow())).isEqualTo("answer");
            clients.forEach(Connection::close);
        }
    }
}
