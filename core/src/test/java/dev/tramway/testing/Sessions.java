package dev.tramway.testing;

import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What tests do with sessions again and again. */
public final class Sessions {
    private Sessions() {}

    /** Waits until a server has one session, whose {@code onConnect} has been told. */
    public static Session only(TcpServer server) {
        return all(server, 1).get(0);
    }

    /** Waits until a server has so many sessions; by the ports of their peers. */
    public static List<Session> all(TcpServer server, int count) {
        Await.until(count + " sessions", () -> server.everyone().size() == count);
        List<Session> sessions = server.sessions().stream()
                .sorted(Comparator.comparingInt(
                        session -> session.remoteAddress().getPort()))
                .toList();
        sessions.forEach(session -> onLoop(session, () -> true));
        return sessions;
    }

    /** The session of a peer. */
    public static Session of(TcpServer server, Peer peer) {
        Await.until(
                "session of " + peer.localPort(),
                () -> server.sessions().stream()
                        .anyMatch(session -> session.remoteAddress().getPort() == peer.localPort()));
        Session found = server.sessions().stream()
                .filter(session -> session.remoteAddress().getPort() == peer.localPort())
                .findAny()
                .orElseThrow();
        onLoop(found, () -> true);
        return found;
    }

    /** Runs something on a session's loop and waits for it. */
    public static void onLoop(Session session, Runnable task) {
        Await.get(CompletableFuture.runAsync(task, session));
    }

    /** Asks something on a session's loop. */
    public static <T> T onLoop(Session session, Supplier<T> question) {
        return Await.get(CompletableFuture.supplyAsync(question, session));
    }

    /** Sends, to a peer that does not read, until the kernel takes no more and so many bytes are pending. */
    public static void stall(Session session, long pending) {
        onLoop(session, () -> {
            while (session.stats().bytesPending() < pending) {
                if (session.send(new byte[10_000]) != SendResult.ACCEPTED) {
                    throw new AssertionError("not accepted with " + session.stats() + ", " + session.closeReason());
                }
            }
        });
    }
}
