package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.IoService;
import dev.tramway.Text;
import dev.tramway.UdpEndpoint;
import java.time.Duration;

/** Sends each line as a datagram and shows what comes back. */
public final class UdpEchoClient {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private UdpEchoClient() {}

    /**
     * Runs the example.
     *
     * @param args server's address (127.0.0.1) and port (3333)
     */
    public static void main(String[] args) {
        String address = text(args, 0, "127.0.0.1");
        int port = number(args, 1, 3333);
        say("UDP server address: " + address);
        say("UDP server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                UdpEndpoint client = step("Client connecting", () -> start(io, address, port))) {
            Runnable reconnect = () -> {
                client.stop();
                io.after(PAUSE, client::restart);
            };
            Terminal.runClient(reconnect, client::send);
            step("Client disconnecting", client::close);
            step("Service stopping", io::close);
        }
    }

    private static UdpEndpoint start(IoService io, String address, int port) {
        return UdpEndpoint.on(io)
                .connect(address, port)
                .onStarted(client -> say("Echo UDP client connected a new session with Id " + client.id()))
                .onDatagram((client, from, datagram) -> say("Incoming: " + Text.of(datagram)))
                .onError((client, error) -> say("Echo UDP client caught an error: " + error))
                .onStopped(client -> say("Echo UDP client disconnected a session with Id " + client.id()))
                .start();
    }
}
