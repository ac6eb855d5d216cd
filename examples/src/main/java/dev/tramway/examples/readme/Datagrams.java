package dev.tramway.examples.readme;

import dev.tramway.IoService;
import dev.tramway.UdpEndpoint;

/** Datagrams and multicast. */
final class Datagrams {
    private Datagrams() {}

    static UdpEndpoint echo(IoService io) {
        return UdpEndpoint.on(io)
                .bind(3333)
                .onDatagram((endpoint, from, datagram) -> endpoint.send(from, datagram))
                .start();
    }

    static UdpEndpoint feed(IoService io) {
        return UdpEndpoint.on(io)
                .bind(3334)
                .reuseAddress(true)
                .join("239.255.0.1")
                .onDatagram(
                        (endpoint, from, datagram) -> System.out.println(from + ": " + datagram.remaining() + " bytes"))
                .start();
    }
}
