package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * A device that keeps a number of reports under way. Its frames lie one behind the other, several of them leave at once, and after
 * the last comes the first again: far enough behind it that no server takes it for a copy. Lives on the loop of its session.
 */
final class FloodDevice {
    /** Different frames of a device. */
    static final int FRAMES = 1_024;

    private final Flood.Counters counters;
    private final TcpClient client;
    private final Optional<byte[]> login;
    private final boolean loginIsAcknowledged;
    private final byte[] frames;
    private final int[] starts = new int[FRAMES + 1];
    private final int window;
    private final int step;
    private int next;
    private int underWay;
    private boolean loginDue;
    private volatile boolean quiet;

    FloodDevice(FleetSettings settings, int window, IoService io, Flood.Counters counters, int index) {
        this.counters = counters;
        this.window = window;
        step = Math.max(1, window / 4);
        DeviceModel model = settings.model();
        int serial = settings.serial(index);
        Random random = settings.random(index);
        Instant now = Instant.now();
        Optional<Message> hello = model.login(serial, 0, now, random);
        login = hello.map(model.protocol()::encode);
        loginIsAcknowledged = hello.flatMap(model::acknowledgement).isPresent();
        frames = frames(model, serial, now, random);
        client = settings.client(io, index)
                .framing(new ReadOnly(model.protocol().framing(Direction.DOWN)))
                .onConnect(this::connected)
                .onMessage((session, message) -> received(session))
                .onDisconnect((session, reason) -> {
                    counters.connected.decrementAndGet();
                    counters.ended.increment();
                })
                .build();
    }

    private byte[] frames(DeviceModel model, int serial, Instant now, Random random) {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES; i++) {
            Message report = model.report(serial, i, now, random);
            if (model.acknowledgement(report).isEmpty()) {
                throw new IllegalArgumentException("rate max: " + report.name() + " is not acknowledged");
            }
            all.writeBytes(model.protocol().encode(report));
            starts[i + 1] = all.size();
        }
        return all.toByteArray();
    }

    void start() {
        var unused = client.connectAsync().exceptionally(failed -> null); // nobody is connected then
    }

    /** Reports no more. */
    void quiet() {
        quiet = true;
    }

    void close() {
        client.close();
    }

    private void connected(Session session) {
        counters.connected.incrementAndGet();
        login.ifPresent(session::send);
        loginDue = loginIsAcknowledged;
        if (!loginDue) {
            report(session);
        }
    }

    /** Whatever the server says is an acknowledgement: nobody sends commands to devices that are in such a hurry. */
    private void received(Session session) {
        if (loginDue) {
            loginDue = false;
        } else {
            underWay--;
            counters.acknowledged.increment();
        }
        report(session);
    }

    private void report(Session session) {
        while (!quiet && window - underWay >= step) {
            int count = Math.min(step, FRAMES - next);
            counters.sent.add(count);
            underWay += count;
            session.send(ByteBuffer.wrap(frames, starts[next], starts[next + count] - starts[next]));
            next = (next + count) % FRAMES;
        }
    }
}
