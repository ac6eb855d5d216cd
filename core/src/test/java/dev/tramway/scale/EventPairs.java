package dev.tramway.scale;

import dev.tramway.CloseReason;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts sessions by how they ended, and what came in a wrong order: a message before connect or after disconnect, a second
 * connect or disconnect, a failed handshake of a session that was connected.
 */
final class EventPairs implements ServerListener {
    private final Set<Session> connected = ConcurrentHashMap.newKeySet();
    private final LongAdder connects = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();

    @Override
    public void onConnect(Session session) {
        connects.increment();
        expect(connected.add(session));
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        expect(connected.contains(session));
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        expect(connected.remove(session));
        count("ended." + reason.kind());
    }

    @Override
    public void onHandshakeFailed(Session session, CloseReason reason) {
        expect(!connected.contains(session));
        count("failed." + reason.kind());
    }

    private void expect(boolean right) {
        if (!right) {
            wrong.increment();
        }
    }

    private void count(String ending) {
        endings.computeIfAbsent(ending, first -> new LongAdder()).increment();
    }

    /** {@code connects}, {@code wrong}, {@code ended.REASON} and {@code failed.REASON}. */
    Figures figures() {
        Figures told = Figures.of("connects", connects.sum()).and("wrong", wrong.sum());
        endings.forEach((ending, count) -> told.and(ending, count.sum()));
        return told;
    }
}
