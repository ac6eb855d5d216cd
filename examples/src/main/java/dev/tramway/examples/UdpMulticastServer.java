package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.IoService;
import dev.tramway.UdpEndpoint;

/** Sends each line as one datagram to all who have joined a group; on this machine only, unless told otherwise. */
public final class UdpMulticastServer {
    private UdpMulticastServer() {}

    /**
     * Runs the example.
     *
     * @param args group (239.255.0.1), port (3334), interface by name or address (127.0.0.1), hops (0: this machine)
     */
    public static void main(String[] args) {
        String group = text(args, 0, "239.255.0.1");
        int port = number(args, 1, 3334);
        String networkInterface = text(args, 2, "127.0.0.1");
        int hops = number(args, 3, 0);
        say("UDP multicast address: " + group);
        say("UDP multicast port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                UdpEndpoint server = step(
                        "Server starting",
                        () -> UdpEndpoint.on(io)
                                .bind("0.0.0.0", 0)
                                .multicastTo(group, port)
                                .multicastInterface(networkInterface)
                                .ttl(hops)
                                .onError((endpoint, error) -> say("Multicast UDP server caught an error: " + error))
                                .start())) {
            Terminal.runServer(() -> server.restart().join(), line -> server.multicast("(admin) " + line));
            step("Server stopping", server::close);
            step("Service stopping", io::close);
        }
    }
}
