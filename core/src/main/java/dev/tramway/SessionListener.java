package dev.tramway;

import java.nio.ByteBuffer;

/**
 * Hears what happens to sessions. Every method has an empty body, so that a listener implements what it needs.
 *
 * <p>Order for each session, each line once unless it says otherwise:
 *
 * <pre>
 * onConnect                      usable; for TLS after the handshake
 *   onHandshake                  directly before onConnect, TLS only
 *   onJoin, onLeave              any number, in pairs
 *   onMessage, onSent, onDrained, onWritable, onDropped, onError   any number
 * onDisconnect                   exactly if onConnect was called, and last
 * </pre>
 *
 * A session that never became usable is told to {@link #onHandshakeFailed} only. Calls for one session never overlap and
 * never nest; by default they come on the session's event loop, with {@code handlers(executor)} on a thread of that
 * executor. A method that throws closes that session with {@link CloseReason.Kind#HANDLER_FAILED} and hurts no other.
 */
public interface SessionListener {
    /**
     * The TLS handshake is over and the peer was verified as the settings demand.
     *
     * @param session the session, not yet connected
     * @param tls protocol, cipher and peer certificates
     */
    default void onHandshake(Session session, TlsInfo tls) {}

    /**
     * The session can be used.
     *
     * @param session the new session
     */
    default void onConnect(Session session) {}

    /**
     * A message arrived.
     *
     * @param session who sent it
     * @param message the message from position to limit: read-only, big endian, and valid only until this method returns
     */
    default void onMessage(Session session, ByteBuffer message) {}

    /**
     * The kernel has taken a message; called once for each message sent, in their order, also for broadcasts. Messages may
     * be sent from here.
     *
     * @param session who it was sent to
     * @param bytes size of its frame
     */
    default void onSent(Session session, int bytes) {}

    /**
     * Everything accepted so far has been taken by the kernel.
     *
     * @param session the session that owes nothing now
     */
    default void onDrained(Session session) {}

    /**
     * A session that answered {@link SendResult#FULL} has room again.
     *
     * @param session the session to send to
     */
    default void onWritable(Session session) {}

    /**
     * Messages to this session were dropped by its {@link Outbound} policy; told before the next delivery.
     *
     * @param session whose peer does not get them
     * @param messages how many since the last call
     * @param bytes the size of their frames in sum
     */
    default void onDropped(Session session, long messages, long bytes) {}

    /**
     * Trouble that was met; when it ends the session, {@link #onDisconnect} follows.
     *
     * @param session where it was met
     * @param error category, code and text
     */
    default void onError(Session session, ErrorEvent error) {}

    /**
     * The session joined a group.
     *
     * @param session the new member
     * @param group the group
     */
    default void onJoin(Session session, Group group) {}

    /**
     * The session left a group, by itself or because it ends.
     *
     * @param session the former member
     * @param group the group
     */
    default void onLeave(Session session, Group group) {}

    /**
     * The session ended. Nothing can be sent any more; context, counters and addresses can still be read.
     *
     * @param session the session that ended
     * @param reason the one reason
     */
    default void onDisconnect(Session session, CloseReason reason) {}

    /**
     * A connection ended before its TLS handshake was over.
     *
     * @param session the session that never was
     * @param reason why
     */
    default void onHandshakeFailed(Session session, CloseReason reason) {}
}
