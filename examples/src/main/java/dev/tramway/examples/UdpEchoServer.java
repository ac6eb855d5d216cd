package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.IoService;
import dev.tramway.Text;
import dev.tramway.UdpEndpoint;

/** Sends each datagram back to where it came from. */
public final class UdpEchoServer {
    private UdpEchoServer() {}

    /**
     * Runs the example.
     *
     * @param args port (3333), address to bind (127.0.0.1; 0.0.0.0 for all)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 3333);
        String address = text(args, 1, "127.0.0.1");
        say("UDP server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                UdpEndpoint server = step("Server starting", () -> start(io, address, port))) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> say("An echo server sends nothing of its own"));
            step("Server stopping", server::close);
            step("Service stopping", io::close);
        }
    }

    private static UdpEndpoint start(IoService io, String address, int port) {
        return UdpEndpoint.on(io)
                .bind(address, port)
                .onDatagram((server, from, datagram) -> {
                    say("Incoming: " + Text.of(datagram));
                    server.send(from, datagram);
                })
                .onError((server, error) -> say("Echo UDP server caught an error: " + error))
                .start();
    }
}
