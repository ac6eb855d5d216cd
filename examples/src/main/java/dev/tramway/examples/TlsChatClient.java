package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.Backoff;
import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.Text;
import dev.tramway.Tls;
import java.nio.file.Path;
import java.time.Duration;

/** A client of the chat over TLS, which trusts the certificate that the server has made. */
public final class TlsChatClient {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private TlsChatClient() {}

    /**
     * Runs the example.
     *
     * @param args server's address (127.0.0.1) and port (2222), directory with its certificate (example-tls)
     */
    public static void main(String[] args) {
        String address = text(args, 0, "127.0.0.1");
        int port = number(args, 1, 2222);
        Path certificate = Path.of(text(args, 2, TlsChatServer.DIRECTORY), TlsChatServer.CERTIFICATE);
        say("TLS server address: " + address);
        say("TLS server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                TcpClient client = create(io, address, port, Tls.client().trust(certificate))) {
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

    private static TcpClient create(IoService io, String address, int port, Tls tls) {
        return TcpClient.on(io)
                .to(address, port)
                .tls(tls)
                .reconnect(Backoff.fixed(PAUSE))
                .onHandshake((session, info) -> say("Chat TLS client handshaked a new session with Id " + session.id()))
                .onConnect(session -> say("Chat TLS client connected a new session with Id " + session.id()))
                .onMessage((session, message) -> say("Incoming: " + Text.of(message)))
                .onDisconnect(
                        (session, reason) -> say("Chat TLS client disconnected a session with Id " + session.id()))
                .onConnectFailed((client, error) -> say("Chat TLS client caught an error: " + error.text()))
                .build();
    }
}
