package dev.tramway.examples.readme;

import dev.tramway.Backoff;
import dev.tramway.Codec;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.TcpClient;
import java.time.Duration;

/** A client that comes back by itself. */
final class ChatClient {
    private ChatClient() {}

    static void chat(IoService io) {
        try (var client = TcpClient.on(io)
                .to("localhost", 1111)
                .framing(Framing.lines())
                .reconnect(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
                .onMessage(Codec.utf8(), (session, line) -> System.out.println(line))
                .connect()) {
            SendResult result = client.send("good morning"); // ACCEPTED, FULL or CLOSED; never blocks
            System.out.println(result);
        }
    }
}
