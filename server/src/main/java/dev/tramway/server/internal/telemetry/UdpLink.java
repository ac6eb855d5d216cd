package dev.tramway.server.internal.telemetry;

import dev.tramway.FramingException;
import dev.tramway.SendResult;
import dev.tramway.UdpEndpoint;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.yaml.Section;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A peer whose datagrams bring devices. Its tasks run one after the other on event loops of the service: datagrams have no
 * loop of their own for each peer.
 */
final class UdpLink extends DeviceLink {
    private static final int MOST_WAITING = 1_000;

    private final UdpEndpoint endpoint;
    private final InetSocketAddress to;
    private final Optional<Protection> protection;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    UdpLink(UdpEndpoint endpoint, InetSocketAddress to, TelemetryPort port, Moment now) {
        super(UUID.randomUUID().toString(), port, to.getAddress().getHostAddress() + ":" + to.getPort(), now);
        this.endpoint = endpoint;
        this.to = to;
        protection = Protection.of(port.config().secure(), port.service().keys(), true);
    }

    @Override
    String secure() {
        return Section.word(port().config().secure());
    }

    /** Takes a datagram; false if too many wait, so that it is dropped as a full network would drop it. */
    boolean offer(byte[] datagram) {
        if (waiting.get() >= MOST_WAITING) {
            return false;
        }
        execute(() -> received(datagram));
        return true;
    }

    private void received(byte[] datagram) {
        Intake intake = port().service().intake();
        if (protection.isEmpty()) {
            cut(datagram);
            return;
        }
        switch (protection.get().open(datagram)) {
            // Networks repeat datagrams, and anybody can send one in another's name: that must not end the link.
            case Protection.Refused refused -> port().counters().keyFailures.increment();
            case Protection.Answer answer -> {
                intake.proven(this, protection.get().device());
                endpoint.send(to, answer.record());
            }
            case Protection.Opened opened -> {
                if (intake.proven(this, protection.get().device())) {
                    cut(opened.bytes());
                }
            }
        }
    }

    /** A datagram holds whole frames; what is left over is none. */
    private void cut(byte[] bytes) {
        Intake intake = port().service().intake();
        FrameCutter cutter = new FrameCutter(reader());
        try {
            cutter.accept(bytes, frame -> {
                intake.frame(this, frame);
                return !closed;
            });
            byte[] rest = cutter.rest();
            if (rest.length > 0) {
                intake.malformed(this, rest, "the datagram ends inside a frame");
            }
        } catch (FramingException e) {
            intake.malformed(this, bytes, String.valueOf(e.getMessage()));
        }
    }

    @Override
    SendResult transmit(byte[] frame) {
        if (closed) {
            return SendResult.CLOSED;
        }
        if (protection.isEmpty()) {
            return endpoint.send(to, frame);
        }
        SendResult result = SendResult.CLOSED;
        for (byte[] record : protection.get().seal(frame)) {
            result = endpoint.send(to, record);
        }
        return result;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            endpoint.service().post(this::runAll);
        }
    }

    private void runAll() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } while (waiting.decrementAndGet() > 0);
    }

    @Override
    void close(String why) {
        if (!closed) {
            closed = true;
            execute(() -> port().service().intake().ended(this, why));
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    void pause(boolean stop) {
        // Datagrams cannot be held up; MOST_WAITING drops what is too much.
    }

    @Override
    void holdEnd(boolean hold) {
        // Datagrams have no end.
    }
}
