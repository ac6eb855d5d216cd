package dev.tramway.internal.tcp;

import dev.tramway.TcpServer;

/** Options of one port of a server. */
final class PortOptions extends Options<TcpServer.Port> implements TcpServer.Port {
    PortOptions(Options<?> server) {
        inherit(server);
    }

    @Override
    TcpServer.Port self() {
        return this;
    }
}
