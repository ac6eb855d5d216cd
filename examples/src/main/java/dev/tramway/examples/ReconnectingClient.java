package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.Backoff;
import dev.tramway.Codec;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.TcpClient;
import java.time.Duration;

/**
 * A client that stays with a server that comes and goes: it tries again after 200 ms, 400 ms and so on up to 10 s, each
 * shortened at random, so that thousands of such clients do not come back at the same moment.
 */
public final class ReconnectingClient {
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(10));

    private ReconnectingClient() {}

    /**
     * Runs the example.
     *
     * @param args server's address (127.0.0.1) and port (5556)
     */
    public static void main(String[] args) {
        String address = text(args, 0, "127.0.0.1");
        int port = number(args, 1, 5556);
        try (IoService io = IoService.start();
                TcpClient client = create(io, address, port)) {
            client.connectAsync();
            Terminal.runClient(client::reconnect, line -> {
                if (client.send(line) == SendResult.CLOSED) {
                    say("Not connected, not sent: " + line);
                }
            });
            step("Client disconnecting", client::close);
        }
    }

    private static TcpClient create(IoService io, String address, int port) {
        return TcpClient.on(io)
                .to(address, port)
                .framing(Framing.lines())
                .reconnect(BACKOFF)
                .onConnect(session -> say("Connected to " + session.remoteAddress()))
                .onMessage(Codec.utf8(), (session, line) -> say("Incoming: " + line))
                .onDisconnect((session, reason) -> say("Disconnected: " + reason))
                .onConnectFailed((client, error) -> say("Not connected: " + error.text()))
                .build();
    }
}
