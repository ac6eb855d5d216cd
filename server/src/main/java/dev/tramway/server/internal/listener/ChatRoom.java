package dev.tramway.server.internal.listener;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.SendResult;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room of one or several chats: what anyone sends goes to everyone in it, the sender included, and {@code !} leaves. Called on
 * the event loops of the servers' sessions, or on their handler threads.
 *
 * <p>Nothing that was received is lost while the server runs: a sender whose message finds no room is not read from until
 * the message has gone out.
 */
final class ChatRoom implements ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRoom.class);
    private static final String LEAVE = "!";

    /** Messages that found no room, each with its sender, who is paused; guarded by itself. */
    private final List<Held> held = new ArrayList<>();

    /** The servers whose sessions are in the room. */
    private final List<TcpServer> servers = new CopyOnWriteArrayList<>();

    /** A message, and the servers that have no room for it yet. */
    private record Held(Session sender, ByteBuffer message, List<TcpServer> to) {}

    @Override
    public void onStarted(TcpServer server) {
        enter(server);
    }

    @Override
    public void onStopped(TcpServer server, StopReport report) {
        servers.remove(server);
    }

    private void enter(TcpServer server) {
        if (!servers.contains(server)) {
            servers.add(server);
        }
    }

    /** Says something to everybody; false if somebody does not hear it, for want of room. */
    boolean announce(String text) {
        return servers.stream().map(server -> server.broadcast(text)).noneMatch(SendResult.FULL::equals);
    }

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
            return;
        }
        enter(session.server());
        List<TcpServer> full = unable(message, servers);
        if (!full.isEmpty()) {
            session.pauseReading();
            retry(new Held(
                    session,
                    ByteBuffer.allocate(message.remaining()).put(message).flip(),
                    full));
        }
    }

    /** Broadcasts; answers the servers that have no room. */
    private static List<TcpServer> unable(ByteBuffer message, List<TcpServer> to) {
        return to.stream()
                .filter(server -> server.broadcast(message) == SendResult.FULL)
                .toList();
    }

    private void retry(Held message) {
        // Locked, so that nobody says there is room between the refusal and the entry.
        synchronized (held) {
            List<TcpServer> full = unable(message.message(), message.to());
            if (!full.isEmpty()) {
                held.add(new Held(message.sender(), message.message(), full));
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
