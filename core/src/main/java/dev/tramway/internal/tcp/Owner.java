package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.TcpServer;
import java.util.UUID;

/** What a session belongs to: a port of a server, or a client. Called on the session's loop unless it says otherwise. */
interface Owner {
    /** Options of the sessions. Any thread. */
    SessionConfig config();

    /** Listeners of all sessions of this owner. Any thread. */
    Audience audience();

    /** The server; throws IllegalStateException if there is none. Any thread. */
    TcpServer server();

    /** The session is usable; called before its listeners hear of it. */
    void opened(TcpSession session);

    /** Somebody has asked for the session's id for the first time. Any thread. */
    void identified(TcpSession session, UUID id);

    /** The session has ended, and its listeners have heard of it. */
    void closed(TcpSession session, CloseReason reason, long bytesLost);

    /** The connection ended before the session was usable. */
    void failed(TcpSession session, CloseReason reason);

    /** Reports a failure of the application's code. Any thread. */
    void report(ErrorEvent error);

    /** Counts what arrived. */
    void received(long bytes, long messages);

    /** Counts what the kernel has taken. */
    void sent(long bytes, long messages);

    /** Counts what was dropped. */
    void dropped(long messages);
}
