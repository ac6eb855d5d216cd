package dev.tramway.scale;

import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The client process: many connections from several loopback addresses. Arguments: port, and for TLS the certificate to
 * trust.
 *
 * <p>Commands: {@code connect TOTAL}; {@code disconnect}; {@code ask}: a message and its echo on every connection;
 * {@code live RATE SECONDS}: messages at fixed times on every connection; {@code volume MESSAGES WINDOW}: as fast as
 * echoes come; {@code figures}. A command that waits for echoes fails if they do not come.
 */
public final class ScaleClients {
    /** Also for thousands of TLS handshakes on a busy machine. */
    static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(2);

    private static final long SECOND = 1_000_000_000L;

    /** Ports of one address are some 28,000. */
    private static final int ADDRESSES = 16;

    /** Connects under way at once. */
    private static final int CONNECTING = 200;

    /** Longest time in which nothing at all comes back. */
    private static final long PATIENCE_SECONDS = 120;

    private final IoService io = IoService.builder().threads(1).name("clients").start();
    private final List<InetAddress> from = Machine.loopbacks(ADDRESSES);
    private final List<Talker> talkers = new ArrayList<>();
    private final int port;
    private final @Nullable Tls tls;

    private ScaleClients(int port, @Nullable Tls tls) throws IOException {
        this.port = port;
        this.tls = tls;
    }

    /** Serves until the input ends. */
    public static void main(String[] args) throws IOException {
        Tls tls = args.length > 1 ? Tls.client().trust(Path.of(args[1])) : null;
        ScaleClients program = new ScaleClients(Integer.parseInt(args[0]), tls);
        Commands.serve(program::obey);
        program.io.close();
    }

    private Figures obey(String... words) throws InterruptedException {
        return switch (words[0]) {
            case "connect" -> connect(Integer.parseInt(words[1]));
            case "disconnect" -> disconnect();
            case "ask" -> ask();
            case "live" -> live(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "volume" -> volume(Long.parseLong(words[1]), Integer.parseInt(words[2]));
            case "figures" -> figures();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private Figures figures() {
        return Machine.usage()
                .and("open", talkers.stream().filter(Talker::isOpen).count())
                .and("addresses", from.size())
                .and("faults", talkers.stream().mapToLong(Talker::faults).sum());
    }

    /** Connects until there are so many. */
    private Figures connect(int total) throws InterruptedException {
        Semaphore room = new Semaphore(CONNECTING);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        while (talkers.size() < total) {
            Talker talker = new Talker();
            acquire(room, 1);
            client(talker).connectAsync().whenComplete((client, failure) -> {
                if (failure == null) {
                    talker.client(client);
                } else {
                    failures.add(failure);
                }
                room.release();
            });
            talkers.add(talker);
        }
        acquire(room, CONNECTING);
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " connects failed, one with " + failures.peek());
        }
        return figures();
    }

    private static void acquire(Semaphore room, int places) throws InterruptedException {
        if (!room.tryAcquire(places, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no connect has come to an end");
        }
    }

    private TcpClient.Builder client(Talker talker) {
        InetAddress local = from.get(talkers.size() % from.size());
        TcpClient.Builder builder = TcpClient.on(io)
                .to("127.0.0.1", port)
                .from(local.getHostAddress(), 0)
                .framing(Sequence.FRAMING)
                .connectTimeout(CONNECT_TIMEOUT)
                .handshakeTimeout(CONNECT_TIMEOUT)
                .listen(talker);
        return tls == null ? builder : builder.tls(tls);
    }

    /** Closes all. */
    private Figures disconnect() {
        talkers.forEach(Talker::close);
        talkers.clear();
        return figures();
    }

    /** One message on each connection. */
    private Figures ask() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(talkers.size());
        for (Talker talker : talkers) {
            talker.onEcho((who, number) -> answered.countDown());
            talker.send();
        }
        await(answered);
        return figures();
    }

    /**
     * So many messages a second on each connection, evenly spread over all. The round trip is measured from the time when
     * the message was to be sent, so that a late sender hides nothing.
     */
    private Figures live(int rate, int seconds) throws InterruptedException {
        Histogram roundTrips = new ConcurrentHistogram(3);
        CountDownLatch echoes = new CountDownLatch(talkers.size() * rate * seconds);
        long period = SECOND / rate;
        long start = System.nanoTime() + period;
        for (int i = 0; i < talkers.size(); i++) {
            long first = start + i * period / talkers.size();
            long before = talkers.get(i).nextNumber();
            talkers.get(i).onEcho((talker, number) -> {
                roundTrips.recordValue(System.nanoTime() - (first + (number - before) * period));
                echoes.countDown();
            });
        }
        for (long round = 0; round < (long) rate * seconds; round++) {
            for (int i = 0; i < talkers.size(); i++) {
                parkUntil(start + i * period / talkers.size() + round * period);
                talkers.get(i).send();
            }
        }
        await(echoes);
        return figures()
                .and("echoes", roundTrips.getTotalCount())
                .and("p50", roundTrips.getValueAtPercentile(50))
                .and("p99", roundTrips.getValueAtPercentile(99))
                .and("p999", roundTrips.getValueAtPercentile(99.9))
                .and("max", roundTrips.getMaxValue());
    }

    private static void parkUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * So many messages in all, in equal parts on all connections.
     *
     * @param window messages on the way at once, on each connection
     */
    private Figures volume(long messages, int window) throws InterruptedException {
        long each = messages / talkers.size();
        CountDownLatch done = new CountDownLatch(talkers.size());
        long start = System.nanoTime();
        for (Talker talker : talkers) {
            long end = talker.nextNumber() + each;
            talker.onEcho((who, number) -> {
                if (who.nextNumber() < end) {
                    who.send();
                } else if (number == end - 1) {
                    done.countDown();
                }
            });
            talker.execute(() -> {
                for (long i = 0; i < Math.min(window, each); i++) {
                    talker.send();
                }
            });
        }
        await(done);
        return figures().and("messages", each * talkers.size()).and("nanos", System.nanoTime() - start);
    }

    /** Waits as long as echoes come. */
    private void await(CountDownLatch echoes) throws InterruptedException {
        long before = Long.MAX_VALUE;
        while (!echoes.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            long missing = echoes.getCount();
            if (missing == before) {
                throw new IllegalStateException(missing + " echoes are missing; " + figures());
            }
            before = missing;
        }
    }
}
