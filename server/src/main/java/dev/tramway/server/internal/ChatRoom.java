package dev.tramway.server.internal;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.SendResult;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat: what anyone sends goes to everyone, the sender included, and {@code !} leaves. Called on the event loops of the
 * server's sessions, or on its handler threads.
 *
 * <p>Nothing that was received is lost while the server runs: a sender whose message finds no room is not read from until
 * the message has gone out.
 */
final class ChatRoom implements ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRoom.class);
    private static final String LEAVE = "!";

    /** Messages that found no room, each with its sender, who is paused; guarded by itself. */
    private final List<Held> held = new ArrayList<>();

    private record Held(Session sender, ByteBuffer message) {}

    @Override
    public void onConnect(Session session) {
        LOG.debug("{} came from {}", session.id(), session.remoteAddress());
        String transport = session.tls().isPresent() ? "TLS" : "TCP";
        session.send("Hello from the " + transport + " chat! Send a message to everybody, or '!' to leave.\n");
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        if (Text.equalsLine(message, LEAVE)) {
            session.close();
        } else if (session.server().broadcast(message) == SendResult.FULL) {
            session.pauseReading();
            retry(new Held(
                    session,
                    ByteBuffer.allocate(message.remaining()).put(message).flip()));
        }
    }

    private void retry(Held message) {
        // Locked, so that nobody says there is room between the refusal and the entry.
        synchronized (held) {
            if (message.sender().server().broadcast(message.message()) == SendResult.FULL) {
                held.add(message);
                return;
            }
        }
        message.sender().resumeReading();
    }

    @Override
    public void onWritable(TcpServer server) {
        List<Held> again;
        synchronized (held) {
            again = List.copyOf(held);
            held.clear();
        }
        // Each on its sender's loop: sent from here, it could overtake what that loop has sent before.
        again.forEach(message -> message.sender().execute(() -> retry(message)));
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        LOG.debug("{} left: {}", session.id(), reason);
    }

    @Override
    public void onHandshakeFailed(Session session, CloseReason reason) {
        LOG.debug("{} did not get in: {}", session.remoteAddress(), reason);
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
