package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import java.nio.ByteBuffer;

/**
 * Brings a session's events to its listeners. Its methods are called on the session's loop; where the listeners run is what
 * the implementations differ in.
 */
interface Delivery {
    /** Tells an event other than a message. */
    void event(Runnable telling);

    /** Tells a message, which is valid only during the call. */
    void message(ByteBuffer message);

    /** One read is over. */
    void readDone();

    /** The session is open, and its listeners have been told or will be. */
    default void opened() {}

    /** The session has ended, and its listeners have been told. */
    default void ended(CloseReason reason) {}

    /** Makes the delivery that a configuration asks for. */
    static Delivery of(TcpSession session, SessionConfig config) {
        if (config.blocking() != null) {
            return new BlockingDelivery(session, config.blocking());
        }
        return config.handlers() != null ? new ExecutorDelivery(session, config.handlers()) : session.announcer();
    }
}
