package dev.tramway.testing;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.Group;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import dev.tramway.TlsInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hears everything and notes each event in a few words, such as {@code connect}, {@code message hello}, {@code sent 5},
 * {@code disconnect PEER_CLOSED}. Also notes if two calls for one session nest or overlap. Listening to {@code onSent} and
 * {@code onDrained}, it makes sessions follow each message; {@link #quiet} gives one that does not note these two.
 */
public final class EventLog implements ServerListener {
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final Map<Session, List<String>> bySession = new ConcurrentHashMap<>();
    private final Map<Session, Thread> inside = new ConcurrentHashMap<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<String> overlaps = new CopyOnWriteArrayList<>();
    private final boolean notesOutput;

    /** Notes everything. */
    public EventLog() {
        this(true);
    }

    private EventLog(boolean notesOutput) {
        this.notesOutput = notesOutput;
    }

    /** Notes everything but what was sent and drained. */
    public static EventLog quiet() {
        return new EventLog(false);
    }

    /** All events of all sessions and of the server, as they came. */
    public List<String> all() {
        return all;
    }

    /** The events of one session. */
    public List<String> of(Session session) {
        return bySession.getOrDefault(session, List.of());
    }

    /** The sessions that were heard of, in order of their first event. */
    public List<Session> sessions() {
        return sessions;
    }

    /** Waits for the first session. */
    public Session session() {
        Await.until("a session", () -> !sessions.isEmpty());
        return sessions.get(0);
    }

    /** Calls that came while another for the same session was running; to be empty. */
    public List<String> overlaps() {
        return overlaps;
    }

    /** Waits until an event has come, for whatever session. */
    public void await(String event) {
        Await.until(event + " (so far: " + all + ")", () -> all.contains(event));
    }

    /** The texts of all messages, one after the other. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String event : new ArrayList<>(all)) {
            if (event.startsWith("message ")) {
                text.append(event, "message ".length(), event.length());
            }
        }
        return text.toString();
    }

    private void note(Session session, String event) {
        Thread other = inside.putIfAbsent(session, Thread.currentThread());
        if (other != null) {
            overlaps.add(event + " while " + other + " was inside");
        }
        List<String> own = bySession.computeIfAbsent(session, added -> {
            sessions.add(session);
            return new CopyOnWriteArrayList<>();
        });
        all.add(event);
        own.add(event);
        if (other == null) {
            inside.remove(session);
        }
    }

    @Override
    public void onStarted(TcpServer server) {
        all.add("started");
    }

    @Override
    public void onStopped(TcpServer server, StopReport report) {
        all.add("stopped");
    }

    @Override
    public void onError(TcpServer server, ErrorEvent error) {
        all.add("server error " + error.code());
    }

    @Override
    public void onHandshake(Session session, TlsInfo tls) {
        note(session, "handshake");
    }

    @Override
    public void onConnect(Session session) {
        note(session, "connect");
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        note(session, "message " + Text.of(message));
    }

    @Override
    public void onSent(Session session, int bytes) {
        if (notesOutput) {
            note(session, "sent " + bytes);
        }
    }

    @Override
    public void onDrained(Session session) {
        if (notesOutput) {
            note(session, "drained");
        }
    }

    @Override
    public void onWritable(Session session) {
        note(session, "writable");
    }

    @Override
    public void onDropped(Session session, long messages, long bytes) {
        note(session, "dropped " + messages + " of " + bytes);
    }

    @Override
    public void onError(Session session, ErrorEvent error) {
        note(session, "error " + error.category() + " " + error.code());
    }

    @Override
    public void onJoin(Session session, Group group) {
        note(session, "join " + group.name());
    }

    @Override
    public void onLeave(Session session, Group group) {
        note(session, "leave " + group.name());
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        note(session, "disconnect " + reason.kind());
    }

    @Override
    public void onHandshakeFailed(Session session, CloseReason reason) {
        note(session, "handshake failed " + reason.kind());
    }
}
