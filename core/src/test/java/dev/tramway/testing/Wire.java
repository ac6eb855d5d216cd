package dev.tramway.testing;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.Transport;
import dev.tramway.internal.loop.IoServiceBuilder;

/**
 * One way to be connected: what a test of behaviour is run over.
 *
 * @param transport one that works here
 * @param encrypted TLS or plain TCP
 * @param host literal of the loopback interface that servers listen on and clients connect to
 */
public record Wire(Transport transport, boolean encrypted, String host) {
    /** Valid for every name and address that tests connect to. */
    private static final Credentials CREDENTIALS =
            Certificates.server("localhost", "127.0.0.1", "::1").make();

    private static final Tls SERVER = Tls.of(CREDENTIALS);
    private static final Tls CLIENT = Tls.client().trust(CREDENTIALS.certificate());

    /** NIO, plain, 127.0.0.1: for what does not depend on the wire. */
    public static Wire plain() {
        return new Wire(Transport.NIO, false, Wires.IPV4);
    }

    /** A service with two loops. */
    public IoServiceBuilder service() {
        IoServiceBuilder builder = (IoServiceBuilder) IoService.builder();
        builder.transport(transport).threads(2).name("test");
        return builder;
    }

    /** A server on a port of the system's choice. */
    public TcpServer.Builder server(IoService io) {
        TcpServer.Builder builder = TcpServer.on(io).address(host).port(0);
        return encrypted ? builder.tls(SERVER) : builder;
    }

    /** A client of a port on this machine. */
    public TcpClient.Builder client(IoService io, int port) {
        TcpClient.Builder builder = TcpClient.on(io).to(host, port);
        return encrypted ? builder.tls(CLIENT) : builder;
    }

    /** The settings of the server side, for ports of their own. */
    public static Tls serverTls() {
        return SERVER;
    }

    /** The settings of the client side, for clients of a port of its own. */
    public static Tls clientTls() {
        return CLIENT;
    }

    /** Certificate and key of servers. */
    public static Credentials credentials() {
        return CREDENTIALS;
    }

    @Override
    public String toString() {
        return transport + (encrypted ? " TLS " : " plain ") + host;
    }
}
