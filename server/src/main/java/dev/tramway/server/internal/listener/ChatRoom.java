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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room of one or several chats, and of those of its name on other servers: what anyone sends goes to everyone in it, the sender
 * included, and {@code !} leaves. Called on the event loops of the servers' sessions, or on their handler threads.
 *
 * <p>Nothing that was received is lost while the server runs: a sender whose message finds no room is not read from until
 * the message has gone out.
 */
final class ChatRoom implements ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRoom.class);
    private static final String LEAVE = "!";

    /** How long what was said elsewhere waits for room. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Messages that found no room, each with its sender, who is paused; guarded by itself. */
    private final List<Held> held = new ArrayList<>();

    /** The servers whose sessions are in the room. */
    private final List<TcpServer> servers = new CopyOnWriteArrayList<>();

    private final Elsewhere.Ear others;

    /** A message, and those that have no room for it yet. */
    private record Held(Session sender, ByteBuffer message, List<Elsewhere.Ear> to) {}

    /** Opens it, here and elsewhere. */
    ChatRoom(String name, Elsewhere elsewhere) {
        others = elsewhere.open(name, this::heard, this::retryAll);
    }

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
        return unable(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), everybody())
                .isEmpty();
    }

    private List<Elsewhere.Ear> everybody() {
        List<Elsewhere.Ear> all = new ArrayList<>(here());
        all.add(others);
        return all;
    }

    private List<Elsewhere.Ear> here() {
        return servers.stream().map(server -> (Elsewhere.Ear) server::broadcast).toList();
    }

    /** Something was said elsewhere. Waits a moment for who has no room, since there is no sender here who could wait. */
    private boolean heard(ByteBuffer message) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        List<Elsewhere.Ear> full = unable(message, here());
        while (!full.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(RETRY_NANOS);
            full = unable(message, full);
        }
        return full.isEmpty();
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
        List<Elsewhere.Ear> full = unable(message, everybody());
        if (!full.isEmpty()) {
            session.pauseReading();
            retry(new Held(
                    session,
                    ByteBuffer.allocate(message.remaining()).put(message).flip(),
                    full));
        }
    }

    /** Tells; answers who has no room. */
    private static List<Elsewhere.Ear> unable(ByteBuffer message, List<Elsewhere.Ear> to) {
        return to.stream().filter(ear -> ear.tell(message) == SendResult.FULL).toList();
    }

    private void retry(Held message) {
        // Locked, so that nobody says there is room between the refusal and the entry.
        synchronized (held) {
            List<Elsewhere.Ear> full = unable(message.message(), message.to());
            if (!full.isEmpty()) {
                held.add(new Held(message.sender(), message.message(), full));
                return;
            }
        }
        message.sender().resumeReading();
    }

    @Override
    public void onWritable(TcpServer server) {
        retryAll();
    }

    private void retryAll() {
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
