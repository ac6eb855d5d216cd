package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Outbound.WhenFull;
import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of 100 subscribers of a broadcast of 50 MB/s in sum, some stop reading. What they are owed is bounded by their policy, they
 * pin nothing else, and the others lose nothing.
 */
@ExtendWith(NoLeaks.class)
class StoppedReaderTest {
    private static final int SUBSCRIBERS = 100;
    private static final Duration TICK = Duration.ofMillis(10);

    /** 5 messages of 1,000 bytes to 100 subscribers in each of 100 ticks a second make 50 MB/s. */
    private static final int MESSAGES_A_TICK = 5;

    private static final int MESSAGE = 1000;
    private static final int FRAME = MESSAGE + 4;
    private static final int LIMIT = 256 * 1024;

    /** Kernel buffers of the stopped readers, so small that they are soon full. */
    private static final int SOCKET_BUFFER = 32 * 1024;

    /** How far the others may be behind before a tick is left out; so none of them ever is at its limit. */
    private static final int MOST_BEHIND = LIMIT / 4 / FRAME;

    /**
     * What a stopped session may hold beyond its limit: the rests of four segments, and with TLS the records of its batch,
     * each a quarter larger in memory than what it carries.
     */
    private static final int BESIDES = 4 * 64 * 1024 + LIMIT / 4;

    /** What loops keep for their next turn, and noise of everything else in this process. */
    private static final int NOISE = 1 << 20;

    private static final int WARM_UP_TICKS = 10;
    private static final int SHORT_TICKS = 120;
    private static final int LONG_TICKS = 1000;

    @OverWires
    @Timeout(180)
    void oneStoppedReaderOfEachPolicyHarmsNobody(Wire wire) throws Exception {
        run(wire, List.of(WhenFull.values()), 1, SHORT_TICKS);
    }

    @OverWires
    @Tag("long")
    @Timeout(1800)
    void oneStoppedReaderHarmsNobody(Wire wire) throws Exception {
        for (WhenFull policy : WhenFull.values()) {
            run(wire, List.of(policy), 1, LONG_TICKS);
        }
    }

    @OverWires
    @Tag("long")
    @Timeout(1800)
    void tenStoppedReadersHarmNobody(Wire wire) throws Exception {
        for (WhenFull policy : WhenFull.values()) {
            run(wire, List.of(policy), 10, LONG_TICKS);
        }
    }

    private static void run(Wire wire, List<WhenFull> policies, int stoppedOfEach, int ticks) throws Exception {
        try (Feed feed = new Feed(wire, policies, stoppedOfEach)) {
            feed.broadcast(WARM_UP_TICKS);
            feed.remember();
            feed.broadcast(ticks / 2);
            feed.checkWhatIsOwed();
            feed.broadcast(ticks / 2);
            feed.checkWhatIsOwed();
            feed.stopped.forEach(Stopped::checkDropped);
            feed.readOn();
            feed.checkTheOthers();
        }
    }

    /** A server that broadcasts numbered messages at a pace, and its subscribers. */
    private static final class Feed implements AutoCloseable {
        private final Net servers;
        private final Net clients;
        private final TcpServer server;
        private final List<Stopped> stopped = new ArrayList<>();
        private final List<Follower> followers = new ArrayList<>();
        private final ConcurrentHashMap<Session, AtomicLong> droppedTold = new ConcurrentHashMap<>();
        private volatile int sent;
        private long pinnedBefore;

        Feed(Wire wire, List<WhenFull> policies, int stoppedOfEach) {
            servers = new Net(wire);
            clients = new Net(wire);
            server = servers.server(options -> {
                options.framing(Framing.lengthPrefixed(4, MESSAGE))
                        .socketBuffers(0, SOCKET_BUFFER)
                        .outbound(Outbound.limit(LIMIT).whenFull(policies.get(0)))
                        .listen(new CountsDrops());
                for (WhenFull policy : policies.subList(1, policies.size())) {
                    options.port(0, port -> port.outbound(Outbound.limit(LIMIT).whenFull(policy)));
                }
            });
            for (int i = 0; i < policies.size() * stoppedOfEach; i++) {
                stop(wire, i % policies.size(), policies.get(i % policies.size()));
            }
            while (stopped.size() + followers.size() < SUBSCRIBERS) {
                follow(followers.size() % policies.size());
            }
            followers.forEach(follower -> Await.get(follower.connected));
            Await.until("all subscribed", () -> server.everyone().size() == SUBSCRIBERS);
        }

        private final class CountsDrops implements ServerListener {
            @Override
            public void onDropped(Session session, long messages, long bytes) {
                assertThat(bytes).isEqualTo(messages * FRAME);
                droppedTold.computeIfAbsent(session, added -> new AtomicLong()).addAndGet(messages);
            }
        }

        private void stop(Wire wire, int place, WhenFull policy) {
            int port = server.addresses().get(place).getPort();
            Peer peer = servers.closing(Peer.connect(wire, port, SOCKET_BUFFER));
            Await.until(
                    "the session",
                    () -> server.sessions().stream()
                            .anyMatch(session -> session.remoteAddress().getPort() == peer.localPort()));
            Session session = server.sessions().stream()
                    .filter(open -> open.remoteAddress().getPort() == peer.localPort())
                    .findAny()
                    .orElseThrow();
            stopped.add(new Stopped(policy, peer, session, droppedTold));
        }

        private void follow(int place) {
            Follower follower = new Follower();
            TcpClient client = clients.unconnected(
                    server.addresses().get(place).getPort(),
                    options -> options.framing(Framing.lengthPrefixed(4, MESSAGE))
                            .onMessage((session, message) -> follower.hear(message)));
            follower.connected = client.connectAsync();
            followers.add(follower);
        }

        /** Broadcasts for some ticks, and waits until all who read have everything. */
        void broadcast(int ticks) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            int goal = sent + ticks * MESSAGES_A_TICK;
            Timer timer = servers.io().every(TICK, () -> {
                stopped.forEach(Stopped::look);
                boolean room = isNobodyBehind();
                for (int i = 0; i < MESSAGES_A_TICK && room && sent < goal; i++) {
                    room = broadcastNext();
                }
                if (sent == goal) {
                    done.complete(null);
                }
            });
            long limit = ticks * TICK.toMillis() * 50 + Await.LIMIT.toMillis();
            done.orTimeout(limit, TimeUnit.MILLISECONDS).join();
            timer.cancel();
            Await.until("all others have everything", () -> followers.stream().allMatch(one -> one.heard == sent));
            servers.settle();
        }

        private boolean isNobodyBehind() {
            return followers.stream().allMatch(one -> sent - one.heard < MOST_BEHIND);
        }

        private boolean broadcastNext() {
            int number = sent;
            if (server.broadcast(message(number)) == SendResult.ACCEPTED) {
                sent = number + 1;
                return true;
            }
            return false;
        }

        /** Remembers what memory is in use while nobody owes anything. */
        void remember() {
            Await.until("nothing pending", () -> server.stats().bytesPending() == 0);
            pinnedBefore = pinned();
        }

        private static long pinned() {
            return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        }

        void checkWhatIsOwed() {
            stopped.forEach(Stopped::checkOwed);
            long owing = stopped.stream()
                    .filter(one -> one.policy != WhenFull.DISCONNECT)
                    .count();
            long most = owing * (LIMIT + BESIDES) + NOISE;
            Await.asserted(() -> assertThat(pinned() - pinnedBefore)
                    .as("memory that " + owing + " stopped sessions hold")
                    .isLessThanOrEqualTo(most));
        }

        /** The stopped ones read again: everything that was kept, then what comes next. */
        void readOn() {
            List<Stopped> reading = stopped.stream()
                    .filter(one -> one.policy != WhenFull.DISCONNECT)
                    .toList();
            int last = sent;
            List<CompletableFuture<List<Integer>>> read = reading.stream()
                    .map(one -> CompletableFuture.supplyAsync(
                            () -> one.readUpTo(last), task -> Thread.ofVirtual().start(task)))
                    .toList();
            Await.until("nothing pending", () -> server.stats().bytesPending() == 0);
            assertThat(broadcastNext()).isTrue();
            for (int i = 0; i < reading.size(); i++) {
                reading.get(i).check(Await.get(read.get(i)), last);
            }
        }

        void checkTheOthers() {
            Await.until("all others have everything", () -> followers.stream().allMatch(one -> one.heard == sent));
            assertThat(followers).allSatisfy(one -> assertThat(one.faults).isEmpty());
            long droppedOfStopped = stopped.stream().mapToLong(Stopped::dropped).sum();
            assertThat(server.stats().messagesDropped()).isEqualTo(droppedOfStopped);
        }

        @Override
        public void close() throws Exception {
            clients.close();
            servers.close();
        }
    }

    private static ByteBuffer message(int number) {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE);
        while (message.hasRemaining()) {
            message.putInt(number);
        }
        return message.flip();
    }

    /** A subscriber that reads, and looks at every message. */
    private static final class Follower {
        private final List<String> faults = new CopyOnWriteArrayList<>();
        private CompletableFuture<?> connected = new CompletableFuture<>();
        private volatile int heard;

        void hear(ByteBuffer message) {
            int expected = heard;
            if (!message.equals(message(expected))) {
                faults.add("got message " + message.getInt(0) + " of " + message.remaining() + " bytes instead of "
                        + expected);
            }
            heard = expected + 1;
        }
    }

    /** A subscriber that does not read until it is told to. */
    private static final class Stopped {
        private final WhenFull policy;
        private final Peer peer;
        private final Session session;
        private final ConcurrentHashMap<Session, AtomicLong> droppedTold;
        private final AtomicLong mostOwed = new AtomicLong();

        Stopped(WhenFull policy, Peer peer, Session session, ConcurrentHashMap<Session, AtomicLong> droppedTold) {
            this.policy = policy;
            this.peer = peer;
            this.session = session;
            this.droppedTold = droppedTold;
        }

        /** Notes what it is owed now, seen from its loop. */
        void look() {
            session.execute(() -> {
                if (session.isOpen()) {
                    mostOwed.accumulateAndGet(session.stats().bytesPending(), Math::max);
                }
            });
        }

        long dropped() {
            AtomicLong told = droppedTold.get(session);
            return told == null ? 0 : told.get();
        }

        void checkOwed() {
            assertThat(mostOwed).as("most that was owed with " + policy).hasValueLessThanOrEqualTo(LIMIT);
        }

        /** The policy has done its work, and has told of it, before anything more is delivered. */
        void checkDropped() {
            if (policy == WhenFull.DISCONNECT) {
                assertThat(session.closeReason().orElseThrow().kind()).isEqualTo(CloseReason.Kind.SLOW_CONSUMER);
                assertThat(dropped()).isZero();
                peer.awaitEnd();
            } else {
                assertThat(mostOwed).hasValueGreaterThan(LIMIT / 2);
                assertThat(session.isOpen()).isTrue();
                assertThat(dropped()).isPositive().isEqualTo(session.stats().messagesDropped());
            }
        }

        /** Reads whole messages until one with a number comes; returns the numbers of all. */
        List<Integer> readUpTo(int last) {
            List<Integer> numbers = new ArrayList<>();
            int number;
            do {
                ByteBuffer frame = ByteBuffer.wrap(peer.receive(FRAME));
                assertThat(frame.getInt()).isEqualTo(MESSAGE);
                number = frame.getInt(frame.position());
                assertThat(frame).isEqualTo(message(number));
                numbers.add(number);
            } while (number != last);
            return numbers;
        }

        void check(List<Integer> numbers, int last) {
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            assertThat(numbers.size() + dropped()).as("read and dropped").isEqualTo(last + 1);
            int beforeFirstGap = 1;
            while (numbers.get(beforeFirstGap) == beforeFirstGap) {
                beforeFirstGap++;
            }
            int afterLastGap = 1;
            while (numbers.get(numbers.size() - 1 - afterLastGap) == last - afterLastGap) {
                afterLastGap++;
            }
            // Besides what the kernel had: the oldest, or the newest, that the limit has room for.
            int kept = LIMIT / 2 / FRAME;
            if (policy == WhenFull.DROP_NEWEST) {
                assertThat(beforeFirstGap).as("oldest messages that were kept").isGreaterThan(kept);
                assertThat(afterLastGap).as("messages after the last gap").isEqualTo(1);
            } else {
                assertThat(afterLastGap).as("newest messages that were kept").isGreaterThan(kept);
            }
        }
    }
}
