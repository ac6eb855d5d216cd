package dev.tramway.server.internal.listener;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.server.internal.config.ListenerConfig;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on all bytes between a client and another server, both ways; the slower side slows the faster one down. Called on the
 * event loops of the sessions.
 */
final class Relay implements ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long MOST_WAITING = 256 * 1024;

    private final IoService io;
    private final String host;
    private final int port;

    Relay(IoService io, ListenerConfig config) {
        this.io = io;
        int colon = config.target().lastIndexOf(':');
        host = config.target().substring(0, colon).replaceAll("[\\[\\]]", "");
        port = Integer.parseInt(config.target().substring(colon + 1));
    }

    /** The other half of a connection. */
    private record Other(Session session) {}

    @Override
    public void onConnect(Session session) {
        session.pauseReading(); // until there is somebody to hand it to
        TcpClient client = TcpClient.on(io).to(host, port).listen(new Half()).build();
        session.attach(TcpClient.class, client);
        client.connectAsync().whenComplete((target, failure) -> {
            if (failure != null) {
                LOG.warn("relay to {}:{}: {}", host, port, failure.getMessage());
                session.close(CloseReason.of(CloseReason.Kind.LOCAL, "the other server cannot be reached"));
                return;
            }
            target.attach(Other.class, new Other(session));
            session.attach(Other.class, new Other(target));
            if (session.isOpen()) {
                session.resumeReading();
            } else {
                target.close();
            }
        });
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        handOn(session, message);
    }

    @Override
    public void onDrained(Session session) {
        resume(session);
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        session.attachment(Other.class).ifPresent(other -> end(other.session));
    }

    @Override
    public void onError(Session session, ErrorEvent error) {
        LOG.debug("{}: {}", session.id(), error);
    }

    @Override
    public void onError(TcpServer server, ErrorEvent error) {
        LOG.warn("{}", error);
    }

    /** The half that goes to the other server. */
    private static final class Half implements SessionListener {
        @Override
        public void onMessage(Session session, ByteBuffer message) {
            handOn(session, message);
        }

        @Override
        public void onDrained(Session session) {
            resume(session);
        }

        @Override
        public void onDisconnect(Session session, CloseReason reason) {
            session.attachment(Other.class).ifPresent(other -> end(other.session));
        }
    }

    private static void handOn(Session from, ByteBuffer message) {
        from.attachment(Other.class).ifPresent(other -> {
            other.session.send(message);
            if (other.session.stats().bytesPending() > MOST_WAITING) {
                from.pauseReading();
                // What was drained meanwhile was told before the pause.
                if (other.session.stats().bytesPending() == 0) {
                    from.resumeReading();
                }
            }
        });
    }

    private static void resume(Session drained) {
        drained.attachment(Other.class).ifPresent(other -> other.session.resumeReading());
    }

    /** What is owed is sent first. */
    private static void end(Session session) {
        session.sendAndClose("");
    }
}
