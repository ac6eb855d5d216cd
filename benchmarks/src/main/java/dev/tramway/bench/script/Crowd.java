package dev.tramway.bench.script;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.bench.process.BenchException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients of one server, on one event loop. Each numbers its messages and checks that what comes is what is due next, from
 * itself and from each of the others. Times count from the moment at which a message was due, so that a server that is late
 * makes none of the following look fast. For use by one thread.
 */
final class Crowd implements AutoCloseable {
    /** Answered to the sender. */
    static final byte ANSWER = 'A';
    /** Broadcast to all. */
    static final byte BROADCAST = 'B';

    static final int SIZE = 32;
    static final int LONGEST = 128;

    private static final int SENDER = 4;
    private static final int NUMBER = 8;
    private static final int DUE = 16;
    private static final long PAUSE_NANOS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Outbound ROOM = Outbound.limit(64 << 20);

    private final IoService io = IoService.builder().name("load").threads(1).start();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private final Histogram answers = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(10), 3);
    private final Histogram broadcasts = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(10), 3);
    private volatile Optional<String> fault = Optional.empty();
    private volatile boolean flooding;
    private long expected;

    private Crowd() {}

    /** Connects all of them; each has had an answer when this returns, so that the server knows all. */
    static Crowd connect(int port, int count) {
        var crowd = new Crowd();
        try {
            crowd.open(port, count);
            return crowd;
        } catch (RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    private void open(int port, int count) {
        var opening = new ArrayList<CompletableFuture<Session>>();
        for (int i = 0; i < count; i++) {
            var client = new Client(i, count);
            clients.add(client);
            opening.add(client.connect(port));
        }
        opening.forEach(CompletableFuture::join);
        clients.forEach(client -> send(client, ANSWER, System.nanoTime()));
        awaitAll();
        takeAnswers();
    }

    /** Sends messages of one kind at a fixed rate, from all clients in turn, and waits until all has come that is due. */
    void pace(byte kind, double perSecond, double seconds) {
        pace(kind, perSecond, seconds, 0);
    }

    /** As {@link #pace(byte, double, double)}, with a number of broadcasts in a second between them. */
    void pace(byte kind, double perSecond, double seconds, double broadcastsPerSecond) {
        long began = System.nanoTime();
        long sent = 0;
        long announced = 0;
        while (System.nanoTime() - began < seconds * 1e9) {
            double passed = (System.nanoTime() - began) / 1e9;
            for (; sent < passed * perSecond; sent++) {
                send(clients.get((int) (sent % clients.size())), kind, began + (long) (sent * 1e9 / perSecond));
            }
            for (; announced < passed * broadcastsPerSecond; announced++) {
                send(clients.get(0), BROADCAST, began + (long) (announced * 1e9 / broadcastsPerSecond));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        awaitAll();
    }

    /** Sends one broadcast and waits until all have it; returns the nanoseconds. */
    long broadcast(int size) {
        long began = System.nanoTime();
        expected += clients.size();
        var sender = clients.get(0);
        sender.session().execute(() -> sender.send(BROADCAST, System.nanoTime(), size));
        awaitAll();
        return System.nanoTime() - began;
    }

    /** Keeps a window of messages of each client in flight; returns answers per second. */
    double flood(int window, double seconds) {
        long before = received.get();
        long began = System.nanoTime();
        flooding = true;
        for (var client : clients) {
            client.session().execute(() -> {
                for (int i = 0; i < window; i++) {
                    client.send(ANSWER, System.nanoTime(), SIZE);
                }
            });
        }
        LockSupport.parkNanos((long) (seconds * 1e9));
        while (System.nanoTime() - began < seconds * 1e9) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        long answered = received.get() - before;
        double time = (System.nanoTime() - began) / 1e9;
        flooding = false;
        awaitSent();
        return answered / time;
    }

    /** Has the first client send a message now and then, from the event loop itself, so that nothing else is counted. */
    void knock(Duration interval, double seconds) {
        var client = clients.get(0);
        var knocking =
                io.every(interval, () -> client.session().execute(() -> client.send(ANSWER, System.nanoTime(), SIZE)));
        LockSupport.parkNanos((long) (seconds * 1e9));
        knocking.cancel();
        awaitSent();
    }

    /** Waits for what the event loop has sent by itself, until now. */
    private void awaitSent() {
        expected = CompletableFuture.supplyAsync(this::due, clients.get(0).session())
                .join();
        awaitAll();
    }

    private long due() {
        return clients.stream()
                .mapToLong(client -> client.sentAnswers + clients.size() * client.sentBroadcasts)
                .sum();
    }

    /** Times of what was answered to the sender since they were last taken. */
    Histogram takeAnswers() {
        return taken(answers);
    }

    /** Times until a broadcast reached one of the clients. */
    Histogram takeBroadcasts() {
        return taken(broadcasts);
    }

    private static Histogram taken(Histogram times) {
        var copy = times.copy();
        times.reset();
        return copy;
    }

    /** How much has come so far. */
    long received() {
        return received.get();
    }

    private void send(Client client, byte kind, long due) {
        expected += kind == BROADCAST ? clients.size() : 1;
        client.session().execute(() -> client.send(kind, due, SIZE));
    }

    private void awaitAll() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (received.get() < expected && fault.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new BenchException("lost: " + (expected - received.get()) + " of " + expected + " messages");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        fault.ifPresent(text -> {
            throw new BenchException(text);
        });
        if (received.get() > expected) {
            throw new BenchException("more messages than were sent: " + received.get() + " of " + expected);
        }
    }

    @Override
    public void close() {
        clients.forEach(client -> client.closing = true);
        io.close();
    }

    /** One client; all but connecting happens on the event loop. */
    private final class Client {
        private final int number;
        private final int count;
        private long[] heard = {};
        private final ByteBuffer message = ByteBuffer.allocate(LONGEST);
        private Optional<Session> session = Optional.empty();
        private volatile boolean closing;
        private long sentAnswers;
        private long sentBroadcasts;
        private long answered;

        Client(int number, int count) {
            this.number = number;
            this.count = count;
        }

        CompletableFuture<Session> connect(int port) {
            return TcpClient.on(io)
                    .to("127.0.0.1", port)
                    .framing(Framing.lengthPrefixed(4, LONGEST))
                    .outbound(ROOM)
                    .onMessage((from, data) -> received(data))
                    .onDisconnect((from, reason) -> {
                        if (!closing) {
                            fault = Optional.of("client " + number + " was disconnected: " + reason);
                        }
                    })
                    .build()
                    .connectAsync()
                    .whenComplete((opened, failure) -> session = Optional.ofNullable(opened));
        }

        Session session() {
            return session.orElseThrow();
        }

        void send(byte kind, long due, int size) {
            long next = kind == BROADCAST ? sentBroadcasts++ : sentAnswers++;
            message.clear()
                    .put(0, kind)
                    .putInt(SENDER, number)
                    .putLong(NUMBER, next)
                    .putLong(DUE, due);
            session().send(message.limit(size));
        }

        private void received(ByteBuffer data) {
            int begin = data.position();
            int sender = data.getInt(begin + SENDER);
            long next = data.getLong(begin + NUMBER);
            long time = Math.max(0, System.nanoTime() - data.getLong(begin + DUE));
            if (data.get(begin) == BROADCAST) {
                heard = heard.length == 0 ? new long[count] : heard;
                check("broadcast of " + sender, next, heard[sender]++);
                broadcasts.recordValue(time);
            } else {
                check("answer to " + sender, next, sender == number ? answered++ : -1);
                answers.recordValue(time);
                if (flooding) {
                    send(ANSWER, System.nanoTime(), SIZE);
                }
            }
            received.lazySet(received.get() + 1);
        }

        private void check(String what, long found, long due) {
            if (found != due && fault.isEmpty()) {
                fault = Optional.of(
                        "client " + number + " got " + what + " number " + found + " where " + due + " was due");
            }
        }
    }
}
