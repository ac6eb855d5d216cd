package dev.tramway.onescript.internal.component;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.Group;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client of a server. Callbacks come on the session's event loop. */
final class Peer implements SessionListener {
    private static final String TOO_LONG = "ERROR: Превышен размер сообщения\n";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSxxx");

    /** Ends that show a client to be dead. */
    private static final Set<CloseReason.Kind> LOST =
            EnumSet.of(CloseReason.Kind.RESET, CloseReason.Kind.IO_ERROR, CloseReason.Kind.WRITE_TIMEOUT);

    private final ScriptServer server;
    private final Session session;
    private final String id;
    private final Backlog backlog;
    private final Burst burst;
    private @Nullable Timer heartbeat;

    Peer(ScriptServer server, Session session, String id) {
        this.server = server;
        this.session = session;
        this.id = id;
        this.backlog = new Backlog(session);
        this.burst = new Burst(server.hub().io(), session, this::received);
    }

    String id() {
        return id;
    }

    Session session() {
        return session;
    }

    Group group(String name) {
        return session.server().group(name);
    }

    @Override
    public void onMessage(Session sender, ByteBuffer message) {
        if (server.isFramed()) {
            received(Burst.copy(message));
        } else if (burst.size() + (long) message.remaining() > server.maxMessage()) {
            refuse();
        } else {
            burst.add(message);
        }
    }

    private void received(byte[] data) {
        backlog.added(data.length);
        server.tell(ServerEvent.RECEIVED, EventArguments.ofData(id, data), () -> backlog.taken(data.length));
    }

    private void refuse() {
        burst.drop();
        session.sendAndClose(TOO_LONG);
        error("Превышен размер сообщения для клиента " + id + ". Клиент отключен.");
    }

    /** Sends a line again and again; a client whose connection is dead is found out by that. */
    void checkEvery(Duration interval) {
        if (!interval.isZero()) {
            heartbeat = server.hub().io().every(interval, this::ping);
        }
    }

    private void ping() {
        String line =
                "PING|" + TIME.format(OffsetDateTime.now(ZoneId.systemDefault())) + (server.isFramed() ? "" : "\n");
        session.sendAsync(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)))
                .exceptionally(failed -> {
                    session.closeReason()
                            .filter(reason -> LOST.contains(reason.kind()))
                            .ifPresent(reason -> error("Клиент " + id + " не ответил на отправленный PING"));
                    return null;
                });
    }

    @Override
    public void onError(Session where, ErrorEvent error) {
        String beginning = switch (error.category()) {
            case LIMIT -> "Ошибка отправки клиенту ";
            case HANDLER -> "Ошибка в обработке клиента ";
            default -> "Ошибка чтения от клиента ";
        };
        error(beginning + id + ": " + error.text());
    }

    private void error(String text) {
        server.tell(ServerEvent.ERROR, EventArguments.ofError(text));
    }

    @Override
    public void onDisconnect(Session ended, CloseReason reason) {
        if (heartbeat != null) {
            heartbeat.cancel();
        }
        burst.flush();
        tellTrouble(reason);
        server.left(this);
    }

    private void tellTrouble(CloseReason reason) {
        switch (reason.kind()) {
            case SLOW_CONSUMER, WRITE_TIMEOUT -> error("Ошибка отправки клиенту " + id + ": " + reason.detail());
            case RESET, IO_ERROR, TRUNCATED, PROTOCOL_ERROR ->
                error("Ошибка чтения от клиента " + id + ": " + reason.detail());
            case IDLE -> error("Клиент " + id + " неактивен");
            default -> {
                // An end in order, or one that onError has told.
            }
        }
    }
}
