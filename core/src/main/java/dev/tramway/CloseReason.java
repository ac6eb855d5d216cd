package dev.tramway;

import java.util.Optional;

/**
 * Why a session ended: one of a closed list of kinds, with a text for people and the cause where there is one.
 *
 * @param kind what ended the session
 * @param detail one line for a log, never empty
 * @param cause the exception behind it, if there is one
 */
public record CloseReason(Kind kind, String detail, Optional<Throwable> cause) {
    /** Everything that can end a session. */
    public enum Kind {
        /** The peer ended its stream in order. */
        PEER_CLOSED("closed by peer"),
        /** The peer, or a host on the way, reset the connection. */
        RESET("connection reset"),
        /** This side called {@code close}, {@code sendAndClose} or {@code disconnect}. */
        LOCAL("closed by this side"),
        /** The server, client or I/O service was stopped or restarted. */
        SHUTDOWN("server stopped"),
        /** Nothing was received for the idle time. */
        IDLE("idle for too long"),
        /** Nothing was received within the first-byte time after connecting. */
        FIRST_BYTE_TIMEOUT("no first byte in time"),
        /** The peer took no byte of what was owed to it for the write time, or too few. */
        WRITE_TIMEOUT("peer takes no data, or too little"),
        /** The peer reads slower than it is sent to, and its queue is at the limit. */
        SLOW_CONSUMER("slow consumer"),
        /** The TLS handshake was not over in time. */
        HANDSHAKE_TIMEOUT("TLS handshake not finished in time"),
        /** The TLS handshake failed. */
        HANDSHAKE_FAILED("TLS handshake failed"),
        /** The TLS stream ended without close_notify, so the last bytes may be missing. */
        TRUNCATED("TLS stream cut short"),
        /** The bytes received do not fit the framing or the TLS record layer. */
        PROTOCOL_ERROR("protocol error"),
        /** A limit on connections or on their rate refused the session. */
        LIMIT("limit reached"),
        /** A listener or handler threw an exception. */
        HANDLER_FAILED("handler failed"),
        /** Any other failure of the operating system's socket. */
        IO_ERROR("I/O error");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * A reason in the words of its kind.
     *
     * @param kind what ended the session
     */
    public static CloseReason of(Kind kind) {
        return new CloseReason(kind, kind.text, Optional.empty());
    }

    /**
     * A reason with words of its own.
     *
     * @param kind what ended the session
     * @param detail one line that says more than the kind does
     */
    public static CloseReason of(Kind kind, String detail) {
        return new CloseReason(kind, kind.text + ": " + detail, Optional.empty());
    }

    /**
     * A reason with the exception that led to it.
     *
     * @param kind what ended the session
     * @param detail one line that says more than the kind does
     * @param cause the exception
     */
    public static CloseReason of(Kind kind, String detail, Throwable cause) {
        return new CloseReason(kind, kind.text + ": " + detail, Optional.of(cause));
    }

    @Override
    public String toString() {
        return detail;
    }
}
