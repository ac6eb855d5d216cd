package dev.tramway.server.internal.simulate;

import dev.tramway.Backoff;
import dev.tramway.CloseReason;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.secure.SecureLink;
import dev.tramway.server.internal.traffic.TrafficLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One device: connects and comes back, introduces itself, reports, keeps what is not acknowledged and sends it again, answers
 * commands. Its loops and timers take turns by its lock.
 */
final class SimulatedDevice {
    /** Reports that wait for an acknowledgement, at most; a device has little memory. */
    static final int MAX_WAITING = 256;

    /** Of records; one byte counts what follows. */
    private static final int MAX_RECORD = 255;

    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(250), Duration.ofSeconds(10)).jitter(0.5);

    private final FleetSettings settings;
    private final DeviceModel model;
    private final FleetCounters counters;
    private final TrafficLog log;
    private final IoService io;
    private final int serial;
    private final String name;
    private final Random random;
    private final TcpClient client;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long number;
    private int connections;
    private @Nullable Line line;
    private @Nullable SecureChannel secure;
    private Optional<Message> loginExpected = Optional.empty();
    private boolean ready;
    private boolean stopped;
    private Instant lastHeartbeat = Instant.EPOCH;

    /** A report that is not acknowledged yet. */
    private static final class Waiting {
        private final byte[] frame;
        private final Message expected;
        private Optional<Instant> sent = Optional.empty();

        Waiting(byte[] frame, Message expected) {
            this.frame = frame;
            this.expected = expected;
        }
    }

    SimulatedDevice(FleetSettings settings, IoService io, FleetCounters counters, TrafficLog log, int index) {
        this.settings = settings;
        this.io = io;
        this.counters = counters;
        this.log = log;
        model = settings.model();
        serial = settings.serial(index);
        name = model.device(serial).orElseGet(() -> String.valueOf(serial));
        random = settings.random(index);
        Framing received = settings.keys().isPresent()
                ? Framing.lengthPrefixed(1, MAX_RECORD)
                : model.protocol().framing(Direction.DOWN);
        client = settings.client(io, index)
                .framing(new ReadOnly(received))
                .reconnect(BACKOFF)
                .onConnect(this::connected)
                .onMessage((session, message) -> received(message))
                .onDisconnect((session, reason) -> disconnected(reason))
                .onConnectFailed((same, failure) -> counters.connectsFailed.increment())
                .build();
    }

    // ---- coming and going -------------------------------------------------------------------------------------------

    /** Connects after a while, and reports from then on. */
    void start(Duration wait) {
        io.after(wait, () -> {
            var unused = client.connectAsync().exceptionally(failed -> null); // counted where it is told
        });
        long phase = (long) (settings.interval().toNanos() * random.nextDouble());
        io.after(wait.plusNanos(phase), this::tick);
    }

    /** Drops the connection and comes back at once. */
    synchronized void reconnect() {
        if (!stopped && line != null) {
            ready = false;
            var unused = client.reconnect().exceptionally(failed -> null);
        }
    }

    /** Reports no more. */
    synchronized void quiet() {
        stopped = true;
    }

    /** True if nothing is under way any more: all is sent, and what is sent is acknowledged. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && (line == null || line.isIdle());
    }

    void close() {
        client.close();
    }

    private synchronized void connected(Session session) {
        counters.connected.incrementAndGet();
        counters.connects.increment();
        if (connections++ > 0) {
            counters.reconnects.increment();
        }
        line = new Line(io, session, settings.faults());
        log.opened(name);
        secure = settings.keys().flatMap(this::channel).orElse(null);
        if (secure == null) {
            introduce();
        } else {
            write(prefixed(secure.hello()));
        }
    }

    private Optional<SecureChannel> channel(KeyRing keys) {
        return keys.find(name).map(key -> new SecureChannel(name, key));
    }

    private synchronized void disconnected(CloseReason reason) {
        counters.connected.decrementAndGet();
        if (reason.kind() == CloseReason.Kind.PEER_CLOSED || reason.kind() == CloseReason.Kind.RESET) {
            counters.closedByServer.increment();
        }
        log.closed(name);
        line = null;
        secure = null;
        ready = false;
    }

    private void introduce() {
        Optional<Message> login = model.login(serial, number++, Instant.now(), random);
        loginExpected = login.flatMap(model::acknowledgement);
        login.ifPresent(message -> send(encoded(message)));
        if (loginExpected.isEmpty()) {
            begin();
        }
    }

    /** What waits is sent again: nobody knows whether it arrived. */
    private void begin() {
        ready = true;
        loginExpected = Optional.empty();
        Instant now = Instant.now();
        for (Waiting each : waiting) {
            send(each, now);
        }
    }

    private void send(Waiting report, Instant now) {
        if (report.sent.isPresent()) {
            counters.repeated.increment();
        }
        report.sent = Optional.of(now);
        send(report.frame);
    }

    // ---- reporting --------------------------------------------------------------------------------------------------

    private synchronized void tick() {
        if (stopped && waiting.isEmpty()) {
            return;
        }
        io.after(settings.interval(), this::tick);
        Instant now = Instant.now();
        repeatWhatIsLate(now);
        if (stopped) {
            return;
        }
        report(now);
        heartbeat(now);
        if (ready && happens(settings.faults().reconnect())) {
            reconnect();
        }
    }

    private void repeatWhatIsLate(Instant now) {
        if (!ready || settings.repeat().isZero()) {
            return;
        }
        for (Waiting each : waiting) {
            if (each.sent
                    .filter(sent -> !sent.plus(settings.repeat()).isAfter(now))
                    .isPresent()) {
                send(each, now);
            }
        }
    }

    private void report(Instant now) {
        Message message = model.report(serial, number++, now, random);
        byte[] frame = encoded(message);
        Optional<Message> expected = model.acknowledgement(message);
        counters.reported.increment();
        if (expected.isPresent()) {
            keep(new Waiting(frame, expected.get()), now);
        } else if (ready) {
            send(frame);
        } else {
            counters.lost.increment();
        }
    }

    /** A device that is not connected sends it later. */
    private void keep(Waiting report, Instant now) {
        waiting.add(report);
        counters.waiting.increment();
        if (waiting.size() > MAX_WAITING) {
            waiting.removeFirst();
            counters.waiting.decrement();
            counters.lost.increment();
        }
        if (ready) {
            send(report, now);
        }
    }

    private void heartbeat(Instant now) {
        boolean due = !settings.heartbeat().isZero()
                && !lastHeartbeat.plus(settings.heartbeat()).isAfter(now);
        if (ready && due) {
            lastHeartbeat = now;
            model.heartbeat(serial, number++, now, random).ifPresent(message -> send(encoded(message)));
        }
    }

    // ---- what the server sends --------------------------------------------------------------------------------------

    private synchronized void received(ByteBuffer bytes) {
        if (secure == null) {
            message(bytes);
        } else if (!secure.hasLink()) {
            secure.answered(bytes).ifPresentOrElse(proof -> write(prefixed(proof)), this::refuse);
        } else {
            boolean opens = !secure.isOpen();
            Optional<byte[]> clear = secure.open(bytes);
            if (clear.isEmpty()) {
                refuse();
            } else if (opens) {
                introduce();
            } else if (clear.get().length > 0) {
                message(ByteBuffer.wrap(clear.get()));
            }
        }
    }

    private void refuse() {
        counters.refused.increment();
        reconnect();
    }

    private void message(ByteBuffer bytes) {
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(bytes.position(), frame);
        log.received(name, frame);
        Message message = model.protocol().decode(Direction.DOWN, frame);
        if (message.problem().isPresent()) {
            counters.refused.increment();
        } else if (loginExpected.isPresent() && DeviceModel.isAcknowledgement(message, loginExpected.get())) {
            begin();
        } else if (!acknowledges(message)) {
            model.reply(message, serial, Instant.now(), random).ifPresent(this::answer);
        }
    }

    private boolean acknowledges(Message message) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            if (DeviceModel.isAcknowledgement(message, each.next().expected)) {
                each.remove();
                counters.waiting.decrement();
                counters.acknowledged.increment();
                return true;
            }
        }
        return false;
    }

    private void answer(Message reply) {
        counters.commands.increment();
        if (happens(settings.faults().mute())) {
            return;
        }
        byte[] frame = encoded(reply);
        if (settings.faults().answerDelay().isZero()) {
            answer(frame);
        } else {
            io.after(settings.faults().answerDelay(), () -> answer(frame));
        }
    }

    private synchronized void answer(byte[] frame) {
        if (line != null) {
            counters.answered.increment();
            send(frame);
        }
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private byte[] encoded(Message message) {
        return model.protocol().encode(message);
    }

    private void send(byte[] frame) {
        for (byte[] each : copies(frame)) {
            counters.sent.increment();
            log.sent(name, each);
            if (secure == null) {
                write(each);
            } else {
                seal(secure, each);
            }
        }
    }

    /** A message that is too long for one record goes in several. */
    private void seal(SecureChannel channel, byte[] bytes) {
        int most = MAX_RECORD - SecureLink.STREAM_OVERHEAD;
        for (int from = 0; from < bytes.length; from += most) {
            write(prefixed(channel.seal(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + most)))));
        }
    }

    private List<byte[]> copies(byte[] frame) {
        byte[] bytes = frame;
        if (happens(settings.faults().corrupt())) {
            counters.corrupted.increment();
            bytes = frame.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        List<byte[]> all = new ArrayList<>(List.of(bytes));
        if (happens(settings.faults().duplicate())) {
            all.add(bytes);
        }
        return all;
    }

    private void write(byte[] bytes) {
        if (line != null) {
            line.send(bytes);
        }
    }

    private static byte[] prefixed(byte[] record) {
        return ByteBuffer.allocate(1 + record.length)
                .put((byte) record.length)
                .put(record)
                .array();
    }
}
