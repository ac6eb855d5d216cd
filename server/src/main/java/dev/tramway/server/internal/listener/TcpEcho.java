package dev.tramway.server.internal.listener;

import dev.tramway.ErrorEvent;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends all bytes back. Called on the event loops of the server's sessions, or on its handler threads. */
final class TcpEcho implements ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpEcho.class);

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        session.send(message);
    }

    @Override
    public void onError(Session session, ErrorEvent error) {
        LOG.debug("{}: {}", session.id(), error);
    }

    @Override
    public void onError(TcpServer server, ErrorEvent error) {
        LOG.warn("{}", error);
    }
}
