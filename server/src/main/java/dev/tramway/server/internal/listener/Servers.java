package dev.tramway.server.internal.listener;

import dev.tramway.IoService;
import dev.tramway.KeepAlive;
import dev.tramway.Outbound;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.Limits;
import java.util.Optional;

/** Makes servers of the library as a listener's configuration wants them. */
public final class Servers {
    /** Most connections that wait in the kernel to be accepted. */
    public static final int BACKLOG = 4096;

    private Servers() {}

    /** A server with address, ports, limits and TLS of a listener. */
    public static TcpServer.Builder of(ListenerConfig config, IoService io, Optional<Tls> tls) {
        TcpServer.Builder builder = bounded(TcpServer.on(io), config, tls);
        config.ports().forEach(builder::port);
        return builder;
    }

    /** Gives a server address, limits and TLS of a listener. */
    static TcpServer.Builder bounded(TcpServer.Builder builder, ListenerConfig config, Optional<Tls> tls) {
        Limits limits = config.limits();
        builder.address(config.address())
                .backlog(BACKLOG)
                .keepAlive(KeepAlive.DEFAULT)
                .outbound(Outbound.limit(limits.outbound()))
                .idleTimeout(limits.idle())
                .firstByteTimeout(limits.firstByte())
                .writeTimeout(limits.write())
                .leastWriteRate(limits.slowest())
                .handshakeTimeout(limits.handshake())
                .maxSessions(limits.connections())
                .maxSessionsPerAddress(limits.perAddress())
                .acceptRate(limits.acceptRate());
        tls.ifPresent(builder::tls);
        return builder;
    }
}
