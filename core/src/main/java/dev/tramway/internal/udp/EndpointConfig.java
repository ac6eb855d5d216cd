package dev.tramway.internal.udp;

import dev.tramway.MulticastGroup;
import dev.tramway.Outbound;
import dev.tramway.internal.loop.MulticastOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The checked configuration of an endpoint; immutable. */
record EndpointConfig(
        Optional<String> bindAddress,
        int bindPort,
        Optional<Peer> peer,
        int sockets,
        int maxDatagram,
        boolean reuseAddress,
        boolean reusePort,
        int receiveBuffer,
        int sendBuffer,
        boolean broadcast,
        boolean receiveOffload,
        MulticastOptions multicast,
        List<MulticastGroup> groups,
        Optional<InetSocketAddress> multicastTo,
        Outbound outbound,
        @Nullable Executor handlers,
        @Nullable BlockingUdpSocket blocking) {

    /** Whom to connect to; the name is resolved at each start. */
    record Peer(String host, int port) {}
}
