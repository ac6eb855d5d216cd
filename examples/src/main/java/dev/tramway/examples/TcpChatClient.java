package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.Backoff;
import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.Text;
import java.time.Duration;

/** A client of the chat; when the connection ends it connects again a second later. */
public final class TcpChatClient {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private TcpChatClient() {}

    /**
     * Runs the example.
     *
     * @param args server's address (127.0.0.1) and port (1111)
     */
    public static void main(String[] args) {
        String address = text(args, 0, "127.0.0.1");
        int port = number(args, 1, 1111);
        say("TCP server address: " + address);
        say("TCP server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                TcpClient client = create(io, address, port)) {
            step("Client connecting", client::connectAsync);
            Runnable reconnect = () -> {
                client.disconnect();
                io.after(PAUSE, client::connectAsync);
            };
            Terminal.runClient(reconnect, client::send);
            step("Client disconnecting", client::close);
            step("Service stopping", io::close);
        }
    }

    private static TcpClient create(IoService io, String address, int port) {
        return TcpClient.on(io)
                .to(address, port)
                .reconnect(Backoff.fixed(PAUSE))
                .onConnect(session -> say("Chat TCP client connected a new session with Id " + session.id()))
                .onMessage((session, message) -> say("Incoming: " + Text.of(message)))
                .onDisconnect(
                        (session, reason) -> say("Chat TCP client disconnected a session with Id " + session.id()))
                .onConnectFailed((client, error) -> say("Chat TCP client caught an error: " + error.text()))
                .build();
    }
}
