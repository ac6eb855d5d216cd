package dev.tramway.server.internal.telemetry;

import dev.tramway.SendResult;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.LiveProtocol;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.command.Line;
import dev.tramway.server.internal.telemetry.Views.SessionView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection by which devices come. Used by one thread at a time, that of the connection; what others may use says so.
 *
 * <p>Acknowledgements leave in the order of the messages, each when its readings are safe. While too many are owed, nothing more
 * is read.
 */
abstract class DeviceLink implements Line {
    /** Acknowledgements owed, at which reading stops. */
    private static final int MOST_OWED = 256;

    private static final int GLITCHES_A_MINUTE = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_STRANGERS = 100;

    private final String id;
    private final TelemetryPort port;
    private final String peer;
    private final Moment since;
    private final LinkReader reader;
    private final Deque<Owed> owed = new ArrayDeque<>();
    private final Set<Device> devices = new CopyOnWriteArraySet<>();
    private final Set<String> strangers = new LinkedHashSet<>();
    private @Nullable String login;
    private @Nullable Device proven;
    private @Nullable Device primary;
    private @Nullable Protocol answered;
    private @Nullable Conversation answers;
    private volatile Moment lastSeen;
    private final AtomicLong messagesIn = new AtomicLong();
    private final AtomicLong messagesOut = new AtomicLong();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private boolean paused;
    private boolean endHeld;
    private boolean stopping;
    private int glitches;
    private @Nullable Moment glitchMinute;

    /** True while it is going to look which of those owed are safe. */
    private final AtomicBoolean looks = new AtomicBoolean();

    /** An acknowledgement that is owed for a message. */
    private record Owed(Message message, CompletableFuture<Void> safe) {}

    DeviceLink(String id, TelemetryPort port, String peer, Moment now) {
        this.id = id;
        this.port = port;
        this.peer = peer;
        since = now;
        lastSeen = now;
        reader = new LinkReader(port.protocols(), port.config().modem());
    }

    // ---- what it is; for any thread ---------------------------------------------------------------------------------

    String id() {
        return id;
    }

    TelemetryPort port() {
        return port;
    }

    String listener() {
        return port.name();
    }

    String peer() {
        return peer;
    }

    /** How it is protected. */
    abstract String secure();

    /** The protocol, once it is known. */
    Optional<LiveProtocol> protocol() {
        return reader.protocol();
    }

    LinkReader reader() {
        return reader;
    }

    /** Ends it; may be used by any thread. */
    abstract void close(String why);

    /** Stops or goes on reading. */
    abstract void pause(boolean stop);

    /** Stays, or need not stay, when the device ends its direction of the connection. */
    abstract void holdEnd(boolean hold);

    SessionView view() {
        List<String> names = java.util.stream.Stream.concat(
                        devices.stream().map(Device::name), copyOfStrangers().stream())
                .toList();
        return new SessionView(
                id,
                listener(),
                peer,
                protocol().map(live -> live.current().name()).orElse(""),
                names,
                secure(),
                since.wall(),
                lastSeen.wall(),
                messagesIn.get(),
                messagesOut.get());
    }

    private List<String> copyOfStrangers() {
        synchronized (strangers) {
            return List.copyOf(strangers);
        }
    }

    // ---- who is there -----------------------------------------------------------------------------------------------

    /** The device that a certificate or a key has proven to be there. */
    Optional<Device> proven() {
        return Optional.ofNullable(proven);
    }

    void prove(Device device) {
        proven = device;
    }

    /** What a message without an identity belongs to: the device that was told apart last. */
    Optional<Device> primary() {
        return Optional.ofNullable(proven).or(() -> Optional.ofNullable(primary));
    }

    /** What the modem, or the last message with an identity, has said. */
    Optional<String> login() {
        return Optional.ofNullable(login);
    }

    /** Somebody says who he is; who that is, {@link #speaks} tells. */
    void login(String serial) {
        login = serial;
        primary = null;
    }

    /** The device that has said who it is. */
    void speaks(Device device) {
        primary = device;
    }

    void add(Device device) {
        devices.add(device);
        synchronized (strangers) {
            strangers.remove(device.serial());
        }
    }

    void addStranger(String serial) {
        synchronized (strangers) {
            if (strangers.size() < MOST_STRANGERS) {
                strangers.add(serial);
            }
        }
    }

    /** The devices that have come by it; for any thread. */
    Set<Device> devices() {
        return devices;
    }

    /** A message has come. */
    void seen(Moment now) {
        lastSeen = now;
        messagesIn.incrementAndGet();
    }

    /** A malformed frame has come; false if there were too many of late. */
    boolean forgives(Moment now) {
        if (glitchMinute == null || glitchMinute.isLongerAgo(MINUTE, now)) {
            glitchMinute = now;
            glitches = 0;
        }
        return ++glitches <= GLITCHES_A_MINUTE;
    }

    // ---- what is sent -----------------------------------------------------------------------------------------------

    /** Hands bytes to the transport, protected if the link is. */
    abstract SendResult transmit(byte[] frame);

    @Override
    public final SendResult send(byte[] frame) {
        SendResult result = transmit(frame);
        if (result == SendResult.ACCEPTED) {
            messagesOut.incrementAndGet();
            port.service().traceDown(this, frame);
        }
        return result;
    }

    /** When a message has come last; for any thread. */
    Moment lastSeen() {
        return lastSeen;
    }

    /** Owes an acknowledgement for a message, until its readings are safe. */
    void owe(Message message, CompletableFuture<Void> safe) {
        owed.addLast(new Owed(message, safe));
        if (safe.isDone()) {
            settle();
            return;
        }
        if (!endHeld) {
            endHeld = true;
            holdEnd(true);
        }
        if (owed.size() >= MOST_OWED && !paused) {
            paused = true;
            pause(true);
        }
        safe.whenComplete((done, failure) -> settleSoon());
    }

    /** Messages become safe many at a time: one look is enough for them. */
    private void settleSoon() {
        if (!looks.getAndSet(true)) {
            try {
                execute(() -> {
                    looks.set(false);
                    settle();
                });
            } catch (RejectedExecutionException stopped) {
                // The server has stopped; the device will send it again.
            }
        }
    }

    private void settle() {
        for (Owed first = owed.peek(); first != null && first.safe.isDone(); first = owed.peek()) {
            owed.remove();
            if (!first.safe.isCompletedExceptionally()) {
                acknowledge(first.message);
            }
        }
        if (endHeld && owed.isEmpty()) {
            endHeld = false;
            holdEnd(false);
        }
        if (stopping) {
            completeIfSettled();
        } else if (paused && owed.size() < MOST_OWED / 2) {
            paused = false;
            pause(false);
        }
    }

    /** Reads nothing more; completes when everything that was read is acknowledged. For any thread. */
    CompletableFuture<Void> settled() {
        try {
            execute(() -> {
                stopping = true;
                pause(true);
                completeIfSettled();
            });
        } catch (RejectedExecutionException stopped) {
            settled.complete(null);
        }
        return settled;
    }

    private void completeIfSettled() {
        if (owed.isEmpty()) {
            settled.complete(null);
        }
    }

    private void acknowledge(Message message) {
        protocol()
                .map(LiveProtocol::current)
                .ifPresent(protocol ->
                        answers(protocol).acknowledgement(message).ifPresent(answer -> send(protocol.encode(answer))));
    }

    private Conversation answers(Protocol protocol) {
        Conversation known = answers;
        if (known == null || !protocol.equals(answered)) {
            known = new Conversation(protocol, port.service().clocks().wall());
            answers = known;
            answered = protocol;
        }
        return known;
    }
}
