package dev.tramway.server.internal.traffic;

import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.TramwayException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Plays a file of traffic again: each of its sessions is a connection, and what its device sent is sent again, in the order of
 * the file. What the server answers is counted and not compared, since times and numbers in it differ.
 */
public final class Replay {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<TrafficEvent> events;
    private final String host;
    private final int port;
    private final double speed;
    private final LongAdder received = new LongAdder();
    private final Map<String, TcpClient> clients = new HashMap<>();
    private int connections;
    private long sent;

    /**
     * What was done.
     *
     * @param connections connections made
     * @param sent bytes sent
     * @param received bytes received
     */
    public record Report(int connections, long sent, long received) {}

    /**
     * Prepares it.
     *
     * @param file the file
     * @param host where to connect to
     * @param port port there
     * @param speed 1 for the time that it took, 2 for half of it; 0 for as fast as possible
     * @throws IllegalArgumentException if a line is none of traffic
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public Replay(Path file, String host, int port, double speed) {
        events = TrafficFile.read(file);
        this.host = host;
        this.port = port;
        this.speed = speed;
    }

    /**
     * Plays all of it.
     *
     * @throws TramwayException if it cannot connect
     */
    public Report run() throws InterruptedException {
        try (IoService io = IoService.start()) {
            long began = System.nanoTime();
            for (TrafficEvent event : events) {
                pause(event, began);
                play(io, event);
            }
            settle();
            clients.values().forEach(TcpClient::close);
        }
        return new Report(connections, sent, received.sum());
    }

    private void pause(TrafficEvent event, long began) throws InterruptedException {
        if (speed > 0) {
            Instant first = events.getFirst().time();
            long due = (long) (Duration.between(first, event.time()).toNanos() / speed);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - (System.nanoTime() - began))));
        }
    }

    private void play(IoService io, TrafficEvent event) {
        switch (event.kind()) {
            case OPEN -> connect(io, event.session());
            case UP -> send(io, event);
            case DOWN -> {} // that is the server's part
            case CLOSE -> {
                TcpClient client = clients.remove(event.session());
                if (client != null) {
                    client.close();
                }
            }
        }
    }

    private TcpClient connect(IoService io, String session) {
        TcpClient client = TcpClient.on(io)
                .to(host, port)
                .onMessage((same, bytes) -> received.add(bytes.remaining()))
                .connect();
        connections++;
        TcpClient before = clients.put(session, client);
        if (before != null) {
            before.close();
        }
        return client;
    }

    /** Waits for the kernel to take it, which is what keeps a replay at full speed from overrunning the server. */
    private void send(IoService io, TrafficEvent event) {
        TcpClient known = clients.get(event.session());
        TcpClient client = known == null ? connect(io, event.session()) : known;
        byte[] bytes = event.bytes();
        client.session().ifPresent(session -> {
            session.sendAsync(java.nio.ByteBuffer.wrap(bytes))
                    .exceptionally(closed -> null)
                    .join();
            sent += bytes.length;
        });
    }

    /** Gives the server a moment to answer before the connections end. */
    private void settle() throws InterruptedException {
        long end = System.nanoTime() + GRACE.toNanos();
        long before = -1;
        while (before != received.sum() && System.nanoTime() < end) {
            before = received.sum();
            Thread.sleep(200);
        }
    }
}
