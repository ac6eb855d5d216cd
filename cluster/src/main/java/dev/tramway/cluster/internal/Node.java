package dev.tramway.cluster.internal;

import dev.tramway.Cluster;
import dev.tramway.SendResult;
import dev.tramway.SessionAddress;
import dev.tramway.Subscription;
import dev.tramway.TcpServer;
import dev.tramway.cluster.ChannelListener;
import dev.tramway.cluster.ClusterHealth;
import dev.tramway.cluster.ClusterListener;
import dev.tramway.cluster.ClusterNode;
import dev.tramway.cluster.ClusterStats;
import dev.tramway.cluster.NatsOptions;
import dev.tramway.cluster.internal.Outbox.Entry;
import dev.tramway.cluster.internal.Packet.Kind;
import dev.tramway.cluster.internal.Questions.Asked;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: its connection to NATS, what it sends ({@link Outbox}), what comes in ({@link Incoming}), and who is there. */
public final class Node implements Cluster.Link, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** Packets that may wait to be handled; more are lost, and counted. */
    private static final long MOST_PACKETS = 1_000_000;

    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** Bytes that wait to be handled, at which the others are asked to wait. */
    private static final long SLOW_BYTES = 8L * 1024 * 1024;

    private static final long SLOW_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int UUID_BYTES = 16;

    /** The service that is told that a name may have been taken. */
    private static final String LOOK = "tramway.look";

    private final UUID id = UUID.randomUUID();
    private final Subjects subjects;
    private final NatsOptions options;
    private final Counters counters = new Counters();
    private final Questions questions = new Questions();
    private final Announcements announcements = new Announcements();
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Outbox outbox;
    private final Incoming incoming;
    private final Presence presence;
    private final Claims claims;
    private volatile Runnable writable = () -> {};

    /** Guarded by this. */
    private boolean started;

    private boolean closed;
    private ClusterHealth health = ClusterHealth.AWAY;

    /** Used by the dispatcher's thread alone. */
    private long slowTold = System.nanoTime() - SLOW_EVERY_NANOS;

    /**
     * Connects.
     *
     * @throws dev.tramway.ConnectFailedException if NATS is not reached, though it is required, or refuses
     */
    public Node(NatsOptions options) {
        subjects = new Subjects(options.prefix());
        this.options = options;
        Outbox.Header header = new Outbox.Header(id, Packet.installation(options.prefix()));
        connection = Uplink.connect(options, this::changed);
        dispatcher = connection.createDispatcher(this::received);
        dispatcher.setPendingLimits(MOST_PACKETS, MOST_BYTES);
        outbox = new Outbox(connection, header, options.bufferBytes(), counters, this::tellWritable);
        incoming = new Incoming(header, counters, questions, replies());
        presence = new Presence(
                connection,
                new Bucket(connection, Presence.bucket(subjects.presenceBucket(), options.replicas())),
                new Presence.Self(id, options.name(), this::sessions),
                presenceEvents());
        claims = new Claims(
                new Bucket(connection, Claims.bucket(subjects.placesBucket(), options.replicas())), id, others());
        serve(LOOK, name -> {
            claims.look(StandardCharsets.UTF_8.decode(name).toString());
            return CompletableFuture.completedFuture(new byte[0]);
        });
    }

    private Claims.Others others() {
        return new Claims.Others() {
            @Override
            public boolean isPresent(UUID node) {
                return presence.isPresent(node);
            }

            @Override
            public void look(UUID node, String name) {
                call(node, LOOK, name.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Begins to send and to hear. */
    public void start() {
        outbox.start();
        dispatcher.subscribe(subjects.all());
        dispatcher.subscribe(subjects.ofNode(id));
        claims.make();
        presence.start();
        synchronized (this) {
            started = true;
        }
        changed();
        awaitSubscribed();
    }

    /** Once NATS has answered, it knows that this node listens. Where it is away there is nothing to wait for. */
    private void awaitSubscribed() {
        if (isConnected()) {
            try {
                connection.flush(Questions.TIME);
            } catch (TimeoutException e) {
                LOG.warn("NATS is slow to answer: broadcasts of other nodes may be missed at first");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The connection or the sight of the others is not what it was. */
    private synchronized void changed() {
        if (!started) {
            return;
        }
        boolean connected = !closed && connection.getStatus() == Connection.Status.CONNECTED;
        outbox.connected(connected);
        ClusterHealth now = ClusterHealth.AWAY;
        if (closed) {
            now = ClusterHealth.CLOSED;
        } else if (connected) {
            now = presence.isSighted() ? ClusterHealth.UP : ClusterHealth.DEGRADED;
        }
        if (now != health) {
            if (now == ClusterHealth.UP) {
                claims.lookAtAll();
            }
            health = now;
            announcements.health(now);
        }
    }

    private Presence.Events presenceEvents() {
        return new Presence.Events() {
            @Override
            public void joined(ClusterNode node) {
                announcements.joined(node);
            }

            @Override
            public void left(ClusterNode node) {
                announcements.left(node);
            }

            @Override
            public void sightChanged() {
                changed();
            }
        };
    }

    private Incoming.Replies replies() {
        return new Incoming.Replies() {
            @Override
            public void answer(String to, byte[] answer) {
                offer(new Entry(Kind.ANSWER, to, ByteBuffer.wrap(answer), null));
            }

            @Override
            public void slowDown() {
                outbox.slowDown();
            }
        };
    }

    private int sessions() {
        return incoming.server().map(server -> server.everyone().size()).orElse(0);
    }

    // ---- what comes -------------------------------------------------------------------------------------------------

    private void received(Message message) {
        incoming.received(message);
        long now = System.nanoTime();
        if (dispatcher.getPendingByteCount() > SLOW_BYTES && now - slowTold > SLOW_EVERY_NANOS) {
            slowTold = now;
            offer(new Entry(Kind.SLOW, subjects.all(), ByteBuffer.allocate(0), null));
        }
    }

    /** Joins a server; see {@link Cluster#join}. */
    public void join(TcpServer server, Runnable whenWritable) {
        incoming.join(server);
        writable = whenWritable;
    }

    /** Hears what other nodes say in a channel. */
    public void listenTo(String channel, ChannelListener listener) {
        String subject = subjects.channel(channel);
        incoming.listenTo(subject, listener);
        outbox.execute(() -> dispatcher.subscribe(subject));
    }

    /** Answers what other nodes ask by this name, on a thread that must not wait. */
    public void serve(String name, Function<ByteBuffer, CompletableFuture<byte[]>> service) {
        incoming.serve(name, service);
    }

    // ---- what goes --------------------------------------------------------------------------------------------------

    @Override
    public boolean isWritable() {
        return outbox.isWritable();
    }

    @Override
    public void broadcast(Optional<String> group, ByteBuffer message) {
        offer(
                group.isEmpty()
                        ? new Entry(Kind.TO_ALL, subjects.all(), copy(message), null)
                        : new Entry(Kind.TO_GROUP, subjects.group(group.get()), copy(message), null));
    }

    /** See {@link dev.tramway.cluster.Channel#send}. */
    public SendResult sendTo(String channel, ByteBuffer message) {
        if (!isWritable()) {
            return SendResult.FULL;
        }
        offer(new Entry(Kind.TO_GROUP, subjects.channel(channel), copy(message), null));
        return SendResult.ACCEPTED;
    }

    private static ByteBuffer copy(ByteBuffer message) {
        return ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
    }

    private void tellWritable() {
        writable.run();
        incoming.channels().forEach(ChannelListener::onWritable);
    }

    private boolean offer(Entry entry) {
        boolean taken = outbox.offer(entry);
        if (!taken) {
            counters.dropped.increment();
        }
        return taken;
    }

    @Override
    public void groupOpened(String group) {
        String subject = subjects.group(group);
        outbox.execute(() -> {
            incoming.groupOpened(subject, group);
            dispatcher.subscribe(subject);
        });
    }

    @Override
    public void groupClosed(String group) {
        String subject = subjects.group(group);
        outbox.execute(() -> {
            dispatcher.unsubscribe(subject);
            incoming.groupClosed(subject);
        });
    }

    // ---- questions --------------------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<Long> size(Optional<String> group) {
        byte[] name = group.map(known -> ("=" + known).getBytes(StandardCharsets.UTF_8))
                .orElse(new byte[0]);
        Asked<List<ByteBuffer>> asked =
                questions.askAll(isConnected() ? presence.nodes().size() : 0);
        offer(new Entry(Kind.COUNT, subjects.all(), ByteBuffer.wrap(name), subjects.answer(id, asked.number())));
        return asked.answer()
                .thenApply(answers ->
                        answers.stream().mapToLong(Answer::readCounted).sum());
    }

    @Override
    public CompletableFuture<SendResult> send(SessionAddress session, ByteBuffer message) {
        if (!isWritable()) {
            return CompletableFuture.completedFuture(SendResult.FULL);
        }
        ByteBuffer body = sessionId(session, message.remaining()).put(message.duplicate());
        return ask(Kind.SEND, session.server(), body.flip())
                .thenApply(Answer::readSent)
                .exceptionally(failure -> ifUnreachable(failure, SendResult.CLOSED));
    }

    @Override
    public CompletableFuture<Boolean> disconnect(SessionAddress session) {
        return ask(Kind.DISCONNECT, session.server(), sessionId(session, 0).flip())
                .thenApply(Answer::readDisconnected)
                .exceptionally(failure -> ifUnreachable(failure, false));
    }

    /** Asks a service of another node. */
    public CompletableFuture<byte[]> call(UUID node, String service, byte[] request) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(Short.BYTES + name.length + request.length)
                .putShort((short) name.length)
                .put(name)
                .put(request);
        return ask(Kind.CALL, node, body.flip()).thenApply(Answer::readCalled);
    }

    private static ByteBuffer sessionId(SessionAddress session, int more) {
        return ByteBuffer.allocate(UUID_BYTES + more)
                .putLong(session.session().getMostSignificantBits())
                .putLong(session.session().getLeastSignificantBits());
    }

    private static <T> T ifUnreachable(Throwable failure, T instead) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof Questions.NobodyThere) {
            return instead;
        }
        throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private CompletableFuture<ByteBuffer> ask(Kind kind, UUID node, ByteBuffer body) {
        Asked<ByteBuffer> asked = questions.askOne("node " + node);
        Entry entry = new Entry(kind, subjects.node(node), body, subjects.answer(id, asked.number()));
        // A question that waits until NATS is back would be answered when nobody waits for it.
        if (!isConnected() || !offer(entry)) {
            questions.nobodyThere(asked.number());
        }
        return asked.answer();
    }

    private boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /**
     * A stream of this installation, made if it is not there.
     *
     * @throws IOException if JetStream does not answer, or cannot make it
     */
    public Stream stream(String name) throws IOException {
        return Stream.over(connection, options, name);
    }

    // ---- what is known ----------------------------------------------------------------------------------------------

    /** Names that nodes claim. */
    public Claims claims() {
        return claims;
    }

    /** See {@link Cluster#id}. */
    public UUID id() {
        return id;
    }

    /** The other nodes. */
    public List<ClusterNode> nodes() {
        return presence.nodes();
    }

    /** How well others are reached. */
    public synchronized ClusterHealth health() {
        return health;
    }

    /** Adds a listener. */
    public Subscription listen(ClusterListener listener) {
        return announcements.add(listener);
    }

    /** Counters as of now. */
    public ClusterStats stats() {
        return new ClusterStats(
                counters.sent.sum(),
                counters.received.sum(),
                counters.dropped.sum(),
                counters.missed.sum(),
                counters.refusedHere.sum() + dispatcher.getDroppedCount(),
                counters.duplicates.sum(),
                counters.returned.sum(),
                counters.foreign.sum(),
                outbox.waitingBytes());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        claims.close();
        presence.close();
        outbox.close();
        synchronized (this) {
            closed = true;
        }
        changed();
        announcements.close();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
