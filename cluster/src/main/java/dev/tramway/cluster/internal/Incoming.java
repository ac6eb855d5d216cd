package dev.tramway.cluster.internal;

import dev.tramway.Group;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.cluster.ChannelListener;
import dev.tramway.cluster.internal.Packet.Kind;
import io.nats.client.Message;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what other nodes have sent to this node's server. All of it is handled by one thread, in the order of arrival; it waits for a
 * server that is full, while what gathers behind makes the others wait.
 */
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    /** How long a packet waits for a server that is full. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RETRY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int UUID_BYTES = 16;
    private static final int NO_SERVER = 503;

    private final Outbox.Header header;
    private final Counters counters;
    private final Questions questions;
    private final Replies replies;
    private final Origins origins;

    /** Names of the groups with members here, by subject. */
    private final Map<String, String> groups = new ConcurrentHashMap<>();

    /** Listeners of channels, by subject. */
    private final Map<String, ChannelListener> channels = new ConcurrentHashMap<>();

    private final Map<String, Function<ByteBuffer, CompletableFuture<byte[]>>> services = new ConcurrentHashMap<>();
    private volatile @Nullable TcpServer server;

    /** What is said to other nodes because of what they have said. */
    interface Replies {
        void answer(String to, byte[] answer);

        /** Another node does not keep up with what it is sent. */
        void slowDown();
    }

    Incoming(Outbox.Header header, Counters counters, Questions questions, Replies replies) {
        this.header = header;
        this.counters = counters;
        this.questions = questions;
        this.replies = replies;
        this.origins = new Origins(counters);
    }

    Optional<TcpServer> server() {
        return Optional.ofNullable(server);
    }

    /** Joins a server in place of the one before. */
    synchronized void join(TcpServer joined) {
        TcpServer before = server;
        if (before != null && before.isRunning()) {
            throw new IllegalStateException("another running server has joined: connect once for each");
        }
        server = joined;
    }

    void groupOpened(String subject, String name) {
        groups.put(subject, name);
    }

    void groupClosed(String subject) {
        groups.remove(subject);
    }

    void listenTo(String subject, ChannelListener listener) {
        if (channels.putIfAbsent(subject, listener) != null) {
            throw new IllegalStateException("channel: " + subject + " (has a listener already)");
        }
    }

    Collection<ChannelListener> channels() {
        return channels.values();
    }

    void serve(String name, Function<ByteBuffer, CompletableFuture<byte[]>> service) {
        if (services.putIfAbsent(name, service) != null) {
            throw new IllegalStateException("service: " + name + " (is served already)");
        }
    }

    // ---- what comes -------------------------------------------------------------------------------------------------

    /** Something has come from NATS. */
    void received(Message message) {
        if (message.isStatusMessage()) {
            if (message.getStatus().getCode() == NO_SERVER) {
                questions.nobodyThere(Subjects.questionOf(message.getSubject()));
            }
            return;
        }
        Optional<Packet> read = Packet.read(message.getData(), header.installation());
        if (read.isEmpty()) {
            counters.foreign.increment();
        } else if (read.get().origin().equals(header.self())) {
            counters.returned.increment();
        } else {
            try {
                handle(read.get(), message);
            } catch (BufferUnderflowException | IllegalArgumentException damaged) {
                counters.foreign.increment();
            }
        }
    }

    private void handle(Packet packet, Message message) {
        ByteBuffer body = packet.body();
        String reply = message.getReplyTo();
        switch (packet.kind()) {
            case TO_ALL -> server().ifPresent(to -> broadcast(packet, patiently(to.everyone())));
            case TO_GROUP -> members(message.getSubject()).ifPresent(to -> broadcast(packet, to));
            case ANSWER -> questions.answered(Subjects.questionOf(message.getSubject()), body);
            case SLOW -> replies.slowDown();
            default -> {
                if (reply != null) {
                    answer(packet.kind(), body)
                            .whenComplete((answer, failure) ->
                                    replies.answer(reply, failure == null ? answer : Answer.failed(failure)));
                }
            }
        }
    }

    private CompletableFuture<byte[]> answer(Kind kind, ByteBuffer body) {
        return switch (kind) {
            case SEND -> CompletableFuture.completedFuture(Answer.sent(send(uuid(body), body)));
            case DISCONNECT -> CompletableFuture.completedFuture(Answer.disconnected(disconnect(uuid(body))));
            case COUNT -> CompletableFuture.completedFuture(Answer.counted(count(body)));
            case CALL -> call(body).thenApply(Answer::called);
            default -> throw new IllegalArgumentException("not a question: " + kind);
        };
    }

    // ---- broadcasts -------------------------------------------------------------------------------------------------

    /** Who takes a message to a group or a channel; empty if there is nobody here any more. */
    private Optional<Predicate<ByteBuffer>> members(String subject) {
        ChannelListener channel = channels.get(subject);
        if (channel != null) {
            return Optional.of(message -> tell(channel, message));
        }
        return Optional.ofNullable(groups.get(subject))
                .flatMap(group -> server().map(to -> patiently(to.group(group))));
    }

    private void broadcast(Packet packet, Predicate<ByteBuffer> to) {
        if (!origins.isNew(packet, messagesOf(packet.body().duplicate()))) {
            return;
        }
        ByteBuffer body = packet.body();
        int end = body.limit();
        while (body.position() < end) {
            int next = body.getInt() + body.position();
            body.limit(next);
            (to.test(body) ? counters.received : counters.refusedHere).increment();
            body.limit(end).position(next);
        }
    }

    private static boolean tell(ChannelListener channel, ByteBuffer message) {
        try {
            return channel.onMessage(message);
        } catch (RuntimeException e) {
            LOG.warn("a listener of a channel failed", e);
            return false;
        }
    }

    private static int messagesOf(ByteBuffer body) {
        int messages = 0;
        while (body.hasRemaining()) {
            int length = body.getInt();
            if (length < 0 || length > body.remaining()) {
                throw new IllegalArgumentException("length: " + length);
            }
            body.position(body.position() + length);
            messages++;
        }
        return messages;
    }

    /** Gives the messages of one packet to a group, and waits for room, once for all of them. */
    private static Predicate<ByteBuffer> patiently(Group group) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        return message -> {
            SendResult result = group.broadcast(message);
            while (result == SendResult.FULL && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(RETRY_NANOS);
                result = group.broadcast(message);
            }
            return result == SendResult.ACCEPTED;
        };
    }

    // ---- questions --------------------------------------------------------------------------------------------------

    private SendResult send(UUID session, ByteBuffer message) {
        TcpServer to = server;
        return to == null ? SendResult.CLOSED : to.send(session, message);
    }

    private boolean disconnect(UUID session) {
        Optional<Session> found = server().flatMap(to -> to.findSession(session));
        found.ifPresent(Session::close);
        return found.isPresent();
    }

    private long count(ByteBuffer group) {
        TcpServer to = server;
        if (to == null) {
            return 0;
        }
        return group.hasRemaining()
                ? to.group(text(group.position(group.position() + 1))).size()
                : to.everyone().size();
    }

    private CompletableFuture<byte[]> call(ByteBuffer body) {
        ByteBuffer name = body.slice(body.position() + Short.BYTES, body.getShort());
        body.position(body.position() + name.remaining());
        String called = text(name);
        Function<ByteBuffer, CompletableFuture<byte[]>> service = services.get(called);
        if (service == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("no service " + called));
        }
        try {
            return service.apply(body.slice());
        } catch (RuntimeException e) {
            LOG.warn("the service {} failed", called, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private static UUID uuid(ByteBuffer body) {
        if (body.remaining() < UUID_BYTES) {
            throw new BufferUnderflowException();
        }
        return new UUID(body.getLong(), body.getLong());
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
