package dev.tramway.scale;

import dev.tramway.CloseReason;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TcpClient;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the client process: sends {@link Sequence numbered} messages and checks that they come back. Messages
 * are sent by one thread at a time, and echoes come on the session's loop.
 */
final class Talker implements SessionListener {
    /** What is to happen with an echo. */
    @FunctionalInterface
    interface Echoed {
        /** Number of the message that came back, on the session's loop. */
        void accept(Talker talker, long number);
    }

    private static final long RETRY_NANOS = 100_000;

    private final ByteBuffer buffer = ByteBuffer.allocate(Sequence.LONGEST);
    private final Sequence sent = new Sequence();
    private final Sequence received = new Sequence();
    private @Nullable TcpClient client;
    private volatile Echoed echoed = (talker, number) -> {};
    private volatile boolean ended;
    private long faults;

    /** The client that this listens to. */
    void client(TcpClient connected) {
        client = connected;
    }

    /** What is to happen with the echoes from now on. */
    void onEcho(Echoed action) {
        echoed = action;
    }

    /** Sends the next message; from another thread than the loop, it waits while the loop has no room for it. */
    void send() {
        TcpClient connected = client;
        ByteBuffer message = sent.next(buffer);
        SendResult result = connected == null ? SendResult.CLOSED : connected.send(message);
        while (result == SendResult.FULL
                && connected != null
                && !connected.service().inLoop()) {
            LockSupport.parkNanos(RETRY_NANOS);
            result = connected.send(message);
        }
        if (result != SendResult.ACCEPTED) {
            fault();
        }
    }

    /** Ends the connection. */
    void close() {
        TcpClient connected = client;
        if (connected != null) {
            connected.close();
        }
    }

    /** Runs on the session's loop. */
    void execute(Runnable task) {
        TcpClient connected = client;
        assert connected != null;
        connected.session().orElseThrow().execute(task);
    }

    /** Number of the next message to send. */
    long nextNumber() {
        return sent.number();
    }

    /** True until the connection ends. */
    boolean isOpen() {
        return client != null && !ended;
    }

    /** Messages that were refused, and echoes that were not the next. */
    synchronized long faults() {
        return faults;
    }

    private synchronized void fault() {
        faults++;
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        long number = received.number();
        if (!received.isNext(message)) {
            fault();
        }
        echoed.accept(this, number);
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        ended = true;
    }
}
