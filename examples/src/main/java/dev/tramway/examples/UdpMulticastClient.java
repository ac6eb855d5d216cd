package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.IoService;
import dev.tramway.MulticastGroup;
import dev.tramway.Text;
import dev.tramway.UdpEndpoint;
import java.time.Duration;

/** Joins a group and shows what is sent to it. */
public final class UdpMulticastClient {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private UdpMulticastClient() {}

    /**
     * Runs the example.
     *
     * @param args address to bind (0.0.0.0), group (239.255.0.1), port (3334), interface by name or address (127.0.0.1)
     */
    public static void main(String[] args) {
        String address = text(args, 0, "0.0.0.0");
        String group = text(args, 1, "239.255.0.1");
        int port = number(args, 2, 3334);
        MulticastGroup joined = MulticastGroup.of(group).on(text(args, 3, "127.0.0.1"));
        say("UDP listen address: " + address);
        say("UDP multicast address: " + group);
        say("UDP multicast port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                UdpEndpoint client = step("Client connecting", () -> start(io, address, port, joined))) {
            say("Client listens on port " + client.port());
            Runnable reconnect = () -> {
                client.stop();
                io.after(PAUSE, client::restart);
            };
            Terminal.runClient(reconnect, line -> say("A multicast client only listens"));
            step("Client disconnecting", client::close);
            step("Service stopping", io::close);
        }
    }

    private static UdpEndpoint start(IoService io, String address, int port, MulticastGroup group) {
        return UdpEndpoint.on(io)
                .bind(address, port)
                .reuseAddress(true) // so that several clients of one machine hear the group
                .join(group)
                .onStarted(client -> say("Multicast UDP client connected a new session with Id " + client.id()))
                .onDatagram((client, from, datagram) -> say("Incoming: " + Text.of(datagram)))
                .onError((client, error) -> say("Multicast UDP client caught an error: " + error))
                .onStopped(client -> say("Multicast UDP client disconnected a session with Id " + client.id()))
                .start();
    }
}
