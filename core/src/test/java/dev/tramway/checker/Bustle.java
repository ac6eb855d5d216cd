package dev.tramway.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.CloseReason;
import dev.tramway.Framing;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A server with three loops and two ports, one of which has its handlers on an executor; clients that come and go; and
 * producers: threads of their own, and handlers on loops and on the executor, which act when a client asks them to.
 */
final class Bustle implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int LOOPS = 3;
    private static final int HANDLERS = 2;

    /** How many producers there are at most. */
    static final int PRODUCERS = THREADS + LOOPS + HANDLERS;

    private static final int LONGEST = 200_000;

    /** What receivers are sent in; the first is what they begin with. The last has a state for each session. */
    static final List<Framing> FRAMINGS = List.of(
            Framing.lines(LONGEST),
            Framing.lengthPrefixed(4, LONGEST),
            Framing.varintPrefixed(LONGEST),
            Framing.delimited("~#".getBytes(StandardCharsets.US_ASCII), LONGEST),
            Numbered.INSTANCE);

    private static final int FIRST_CLIENTS = 12;
    private static final int COMINGS_AND_GOINGS = 40;

    /** So small that producers often find it full. */
    private static final int INBOX = 64 * 1024;

    /** Producers wait while more is owed, so that the receivers' speed rules and nobody is dropped. */
    private static final long MOST_PENDING = 4 << 20;

    private static final Parcel FAREWELL = new Parcel(0xff, 0, 0, Parcel.SAME);

    private final long seed;
    private final Random random;
    private final Net servers;
    private final Net clients;
    private final ExecutorService handlers = Executors.newFixedThreadPool(HANDLERS);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final TcpServer server;
    private final ConcurrentHashMap<Thread, Producer> producers = new ConcurrentHashMap<>();
    private final AtomicInteger nextProducer = new AtomicInteger();
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final List<Receiver> found = new CopyOnWriteArrayList<>();
    private final List<String> damages = new CopyOnWriteArrayList<>();
    private final LongAdder deliveries = new LongAdder();
    private final RoomSignal room = new RoomSignal();
    private volatile boolean stopping;

    Bustle(Wire wire, long seed) {
        this.seed = seed;
        random = new Random(seed);
        servers = new Net(wire, options -> options.threads(LOOPS).inboxLimit(INBOX));
        clients = new Net(wire);
        server = servers.server(options -> options.port(0, port -> port.handlers(handlers))
                .framing(FRAMINGS.get(0))
                .outbound(Outbound.limit(1 << 30))
                .listen(new Side()));
    }

    /** The server's side of all sessions. */
    private final class Side implements ServerListener {
        @Override
        public void onMessage(Session session, ByteBuffer message) {
            String text = Text.of(message);
            if (text.equals("act")) {
                if (!isCrowded()) {
                    producerHere().act(8);
                }
                return;
            }
            Receiver receiver = receivers.get(Integer.parseInt(text));
            receiver.found(session);
            found.add(receiver);
        }

        @Override
        public void onWritable(TcpServer itself) {
            room.tell();
        }

        @Override
        public void onWritable(Session session) {
            room.tell();
        }

        @Override
        public void onDisconnect(Session session, CloseReason reason) {
            // Who waits for this session's onWritable waits no longer.
            room.tell();
        }
    }

    private Producer producerHere() {
        return producers.computeIfAbsent(
                Thread.currentThread(), thread -> new Producer(nextProducer.getAndIncrement(), server, found, seed));
    }

    private boolean isCrowded() {
        return server.stats().bytesPending() > MOST_PENDING;
    }

    /** Goes on until so many messages have been delivered, then has everything end, and checks it. */
    void run(long goal) {
        for (int i = 0; i < FIRST_CLIENTS; i++) {
            connect();
        }
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            ends.add(CompletableFuture.runAsync(this::actOnAndOn, threads));
        }
        for (int i = 1; i <= COMINGS_AND_GOINGS; i++) {
            long mark = goal * i / COMINGS_AND_GOINGS;
            Await.until(
                    mark + " deliveries",
                    () -> deliveries.sum() >= mark
                            || !damages.isEmpty()
                            || ends.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
            connect();
            sendOneAway();
        }
        stopping = true;
        producers.values().forEach(Producer::stop);
        ends.forEach(Await::get);
        servers.settle();
        receivers.forEach(this::bidFarewell);
        receivers.forEach(this::awaitEnd);
        check();
    }

    private void actOnAndOn() {
        Producer producer = producerHere();
        while (!stopping) {
            if (isCrowded()) {
                Await.until("receivers take what they are owed", () -> !isCrowded());
            }
            long before = room.times();
            if (!producer.act(1)) {
                room.awaitMoreThan(before);
            }
        }
    }

    private void connect() {
        int number = receivers.size();
        Receiver.Fate[] fates = Receiver.Fate.values();
        Receiver receiver = new Receiver(number, fates[random.nextInt(fates.length)], random.nextInt(PRODUCERS));
        receivers.add(receiver);
        receiver.client(clients.unconnected(
                server.addresses().get(number % 2).getPort(),
                options -> options.framing(FRAMINGS.get(0))
                        .onConnect(session -> session.send(Integer.toString(number)))
                        .onMessage((session, message) -> hear(receiver, session, message))
                        .onDisconnect((session, reason) -> receiver.end(reason))));
        Await.get(receiver.client().connectAsync());
        assertThat(receiver.session().remoteAddress()).isNotNull();
    }

    private void hear(Receiver receiver, Session session, ByteBuffer message) {
        Parcel parcel = Parcel.of(message).orElse(null);
        if (parcel == null) {
            damages.add("receiver " + receiver.number() + " after "
                    + receiver.heard().count() + " messages: " + Text.of(message));
            session.close();
        } else if (parcel.equals(FAREWELL)) {
            receiver.heard().complete();
        } else {
            receiver.heard().add(parcel);
            deliveries.increment();
            if (parcel.framing() != Parcel.SAME) {
                session.readFraming(FRAMINGS.get(parcel.framing()));
            }
        }
    }

    private void sendOneAway() {
        for (Receiver receiver : receivers) {
            if (receiver.fate() != Receiver.Fate.STAYS && !receiver.isDue()) {
                receiver.makeDue();
                if (receiver.fate() == Receiver.Fate.LEAVES) {
                    receiver.client().disconnect();
                }
                return;
            }
        }
    }

    /** Whoever is still there has got everything when it gets this. */
    private void bidFarewell(Receiver receiver) {
        SendResult result;
        do {
            long before = room.times();
            result = receiver.session().sendAndClose(FAREWELL.toBytes(Parcel.SMALLEST));
            if (result == SendResult.FULL) {
                room.awaitMoreThan(before);
            }
        } while (result == SendResult.FULL);
    }

    /** Who is owed a last message is told the end in order; only who leaves or is closed may lose the connection otherwise. */
    private void awaitEnd(Receiver receiver) {
        Await.until("the end of receiver " + receiver.number() + ", " + receiver.fate(), receiver.ended()::isDone);
        if (receiver.fate() == Receiver.Fate.STAYS || receiver.fate() == Receiver.Fate.IS_SENT_AWAY) {
            CloseReason reason = Await.get(receiver.ended());
            assertThat(reason.kind())
                    .as("%s of receiver %s", reason, receiver.number())
                    .isEqualTo(CloseReason.Kind.PEER_CLOSED);
        }
    }

    private void check() {
        assertThat(damages).as("damaged messages").isEmpty();
        List<Script> scripts = producers.values().stream().map(Producer::script).toList();
        List<Heard> heard = receivers.stream().map(Receiver::heard).toList();
        assertThat(new DeliveryChecker(scripts, Producer::steers).check(heard)).isEmpty();
        assertThat(heard.stream().filter(Heard::isComplete).count())
                .as("receivers that lived to the end")
                .isPositive();
        assertThat(scripts.size()).as("producers").isGreaterThan(THREADS + 1);
        assertThat(server.stats().messagesDropped()).isZero();
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        threads.shutdown();
        clients.close();
        servers.close();
        handlers.shutdown();
    }
}
