package dev.tramway.checker;

import dev.tramway.CloseReason;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.testing.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A client of the server under test, and its session there. May be used by any thread, except for what it has heard. */
final class Receiver {
    /** How it is to end. */
    enum Fate {
        STAYS,
        /** By its own will. */
        LEAVES,
        /** With a last message of the producer that ends it. */
        IS_SENT_AWAY,
        /** By the producer that ends it, without a word. */
        IS_CLOSED
    }

    private final Fate fate;
    private final int ender;
    private final Heard heard;
    private final CompletableFuture<Session> session = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> ended = new CompletableFuture<>();
    private final AtomicReference<TcpClient> client = new AtomicReference<>();
    private volatile boolean due;

    Receiver(int number, Fate fate, int ender) {
        this.fate = fate;
        this.ender = ender;
        this.heard = new Heard(number);
    }

    int number() {
        return heard.receiver();
    }

    Heard heard() {
        return heard;
    }

    Fate fate() {
        return fate;
    }

    /** True for the one producer that may end it. */
    boolean isEndedBy(int producer) {
        return ender == producer && (fate == Fate.IS_SENT_AWAY || fate == Fate.IS_CLOSED);
    }

    void client(TcpClient made) {
        client.set(made);
    }

    /** Only once it is connected. */
    TcpClient client() {
        return client.get();
    }

    /** The server has found it. */
    void found(Session itsSession) {
        session.complete(itsSession);
    }

    Session session() {
        return Await.get(session);
    }

    /** Its time has come; who is to end it does so with its next acts. */
    void makeDue() {
        due = true;
    }

    boolean isDue() {
        return due;
    }

    /** Nothing more will be heard. */
    void end(CloseReason reason) {
        ended.complete(reason);
    }

    CompletableFuture<CloseReason> ended() {
        return ended;
    }
}
