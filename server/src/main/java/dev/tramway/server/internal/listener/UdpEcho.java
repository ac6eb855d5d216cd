package dev.tramway.server.internal.listener;

import dev.tramway.ErrorEvent;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends every datagram back to where it came from. Called on the endpoint's event loop, or on the handler threads. */
final class UdpEcho implements UdpListener {
    private static final Logger LOG = LoggerFactory.getLogger(UdpEcho.class);

    @Override
    public void onDatagram(UdpEndpoint endpoint, InetSocketAddress from, ByteBuffer datagram) {
        LOG.debug("{} bytes from {}", datagram.remaining(), from);
        if (from.getPort() != 0) { // a sender that does not want an answer
            endpoint.send(from, datagram);
        }
    }

    @Override
    public void onError(UdpEndpoint endpoint, ErrorEvent error) {
        LOG.debug("{}", error);
    }
}
