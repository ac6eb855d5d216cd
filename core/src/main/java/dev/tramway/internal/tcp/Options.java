package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ConnectionHandler;
import dev.tramway.ErrorEvent;
import dev.tramway.Framing;
import dev.tramway.KeepAlive;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.SessionOptions;
import dev.tramway.Tls;
import dev.tramway.TlsInfo;
import dev.tramway.internal.tls.TlsSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects and checks the options of sessions.
 *
 * @param <B> the builder itself
 */
abstract class Options<B extends SessionOptions<B>> implements SessionOptions<B> {
    private Framing framing = Framing.raw();
    private @Nullable TlsSettings tls;
    private Outbound outbound = Outbound.DEFAULT;
    private boolean noDelay = true;
    private @Nullable KeepAlive keepAlive;
    private int receiveBuffer;
    private int sendBuffer;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ZERO;
    private Duration firstByteTimeout = Duration.ZERO;
    private Duration writeTimeout = Duration.ZERO;
    private long leastWriteRate;
    private @Nullable Executor handlers;
    private @Nullable ConnectionHandler blocking;
    private final List<SessionListener> listeners = new ArrayList<>();

    abstract B self();

    /** Starts from the values of other options, without their listeners. */
    final void inherit(Options<?> other) {
        framing = other.framing;
        tls = other.tls;
        outbound = other.outbound;
        noDelay = other.noDelay;
        keepAlive = other.keepAlive;
        receiveBuffer = other.receiveBuffer;
        sendBuffer = other.sendBuffer;
        handshakeTimeout = other.handshakeTimeout;
        idleTimeout = other.idleTimeout;
        firstByteTimeout = other.firstByteTimeout;
        writeTimeout = other.writeTimeout;
        leastWriteRate = other.leastWriteRate;
        handlers = other.handlers;
        blocking = other.blocking;
    }

    final SessionConfig sessionConfig() {
        return new SessionConfig(
                framing,
                tls,
                outbound,
                noDelay,
                keepAlive,
                receiveBuffer,
                sendBuffer,
                handshakeTimeout.toNanos(),
                idleTimeout.toNanos(),
                firstByteTimeout.toNanos(),
                writeTimeout.toNanos(),
                leastWritten(),
                handlers,
                blocking);
    }

    /** What the least rate makes of a write time. */
    private long leastWritten() {
        double seconds = writeTimeout.toNanos() / 1e9;
        return Math.max(1, (long) (leastWriteRate * seconds));
    }

    final List<SessionListener> listeners() {
        return List.copyOf(listeners);
    }

    final void serveBlocking(ConnectionHandler handler) {
        blocking = handler;
    }

    @Override
    public B framing(Framing value) {
        framing = value;
        return self();
    }

    @Override
    public B tls(Tls value) {
        tls = TlsSettings.of(value);
        return self();
    }

    @Override
    public B outbound(Outbound value) {
        outbound = value;
        return self();
    }

    @Override
    public B noDelay(boolean on) {
        noDelay = on;
        return self();
    }

    @Override
    public B keepAlive(KeepAlive value) {
        keepAlive = value;
        return self();
    }

    @Override
    public B socketBuffers(int receive, int send) {
        if (receive < 0 || send < 0) {
            throw new IllegalArgumentException("socketBuffers: " + receive + ", " + send + " (expected: 0 or more)");
        }
        receiveBuffer = receive;
        sendBuffer = send;
        return self();
    }

    @Override
    public B handshakeTimeout(Duration time) {
        handshakeTimeout = notNegative("handshakeTimeout", time);
        return self();
    }

    @Override
    public B idleTimeout(Duration time) {
        idleTimeout = notNegative("idleTimeout", time);
        return self();
    }

    @Override
    public B firstByteTimeout(Duration time) {
        firstByteTimeout = notNegative("firstByteTimeout", time);
        return self();
    }

    @Override
    public B writeTimeout(Duration time) {
        writeTimeout = notNegative("writeTimeout", time);
        return self();
    }

    @Override
    public B leastWriteRate(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("leastWriteRate: " + bytesPerSecond + " (expected: zero or more)");
        }
        leastWriteRate = bytesPerSecond;
        return self();
    }

    @Override
    public B handlers(Executor executor) {
        handlers = executor;
        return self();
    }

    @Override
    public B listen(SessionListener listener) {
        listeners.add(listener);
        return self();
    }

    @Override
    public B onHandshake(BiConsumer<Session, TlsInfo> handler) {
        lambdasWithout(lambdas().handshake).handshake = handler;
        return self();
    }

    @Override
    public B onConnect(Consumer<Session> handler) {
        lambdasWithout(lambdas().connect).connect = handler;
        return self();
    }

    @Override
    public B onMessage(BiConsumer<Session, ByteBuffer> handler) {
        lambdasWithout(lambdas().message).message = handler;
        return self();
    }

    @Override
    public B onSent(ObjIntConsumer<Session> handler) {
        LambdaListener.WithSent listener = new LambdaListener.WithSent(handler);
        listeners.add(listener);
        return self();
    }

    @Override
    public B onWritable(Consumer<Session> handler) {
        lambdasWithout(lambdas().writable).writable = handler;
        return self();
    }

    @Override
    public B onError(BiConsumer<Session, ErrorEvent> handler) {
        lambdasWithout(lambdas().error).error = handler;
        return self();
    }

    @Override
    public B onDisconnect(BiConsumer<Session, CloseReason> handler) {
        lambdasWithout(lambdas().disconnect).disconnect = handler;
        return self();
    }

    /** The listener that holds handlers given one by one: one object for all that come in a row. */
    private LambdaListener lambdas() {
        if (!listeners.isEmpty() && listeners.get(listeners.size() - 1) instanceof LambdaListener last) {
            return last;
        }
        LambdaListener added = new LambdaListener();
        listeners.add(added);
        return added;
    }

    /** A place for one more handler: two handlers of an event are two listeners, so that one that fails hurts no other. */
    private LambdaListener lambdasWithout(@Nullable Object present) {
        if (present != null) {
            listeners.add(new LambdaListener());
        }
        return lambdas();
    }

    private static Duration notNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + ": " + time + " (expected: zero or more)");
        }
        return time;
    }
}
