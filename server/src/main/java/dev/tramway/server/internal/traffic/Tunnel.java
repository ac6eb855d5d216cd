package dev.tramway.server.internal.traffic;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Stands between devices and a server, passes everything on, and writes it down. For any thread but an event loop. */
public final class Tunnel implements AutoCloseable {
    private final IoService io = IoService.start();
    private final String host;
    private final int port;
    private final TrafficLog log;
    private final TcpServer server;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder up = new LongAdder();
    private final LongAdder down = new LongAdder();

    /**
     * Begins to listen.
     *
     * @param address address to listen on
     * @param listen port to listen on, 0 for a free one
     * @param host where the server is
     * @param port its port
     * @param file where to write
     * @throws dev.tramway.BindFailedException if it cannot listen
     * @throws java.io.UncheckedIOException if it cannot write the file
     */
    public Tunnel(String address, int listen, String host, int port, Path file) {
        this.host = host;
        this.port = port;
        log = TrafficLog.create(file);
        try {
            server = TcpServer.on(io)
                    .address(address)
                    .port(listen)
                    .onConnect(this::opened)
                    .onMessage(this::fromDevice)
                    .onDisconnect((device, reason) -> ended(device))
                    .start();
        } catch (RuntimeException e) {
            io.close();
            log.close();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Bytes from devices. */
    public long up() {
        return up.sum();
    }

    /** Bytes to devices. */
    public long down() {
        return down.sum();
    }

    /** Nothing is read from the device until there is somebody to give it to. */
    private void opened(Session device) {
        String name = String.valueOf(connections.incrementAndGet());
        device.attach(String.class, name);
        log.opened(name);
        device.pauseReading();
        TcpClient client = TcpClient.on(io)
                .to(host, port)
                .onMessage((session, bytes) -> fromServer(device, bytes))
                .onDisconnect((session, reason) -> device.close())
                .build();
        device.attach(TcpClient.class, client);
        var unused = client.connectAsync().whenComplete((session, failure) -> {
            if (failure == null) {
                device.resumeReading();
            } else {
                device.close();
            }
        });
    }

    private void fromDevice(Session device, ByteBuffer bytes) {
        up.add(bytes.remaining());
        log.sent(name(device), copy(bytes));
        device.attachment(TcpClient.class).ifPresent(client -> {
            var unused = client.send(bytes);
        });
    }

    private void fromServer(Session device, ByteBuffer bytes) {
        down.add(bytes.remaining());
        log.received(name(device), copy(bytes));
        var unused = device.send(bytes);
    }

    private void ended(Session device) {
        log.closed(name(device));
        device.attachment(TcpClient.class).ifPresent(TcpClient::close);
    }

    private static String name(Session device) {
        return device.attachment(String.class).orElse("");
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    @Override
    public void close() {
        server.close();
        io.close();
        log.close();
    }
}
