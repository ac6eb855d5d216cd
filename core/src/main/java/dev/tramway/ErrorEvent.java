package dev.tramway;

import java.util.Optional;

/**
 * Trouble that was met on the way, as told to {@code onError}: what kind, a stable code, a text, and the cause.
 *
 * @param category where it comes from
 * @param code stable within its category, for programs to compare: an upper-case word such as {@code ECONNRESET}
 * @param text one line for people
 * @param cause the exception, if there is one
 */
public record ErrorEvent(Category category, String code, String text, Optional<Throwable> cause) {
    /** Where trouble comes from. */
    public enum Category {
        /** The operating system's network calls. */
        SYSTEM,
        /** Name resolution. */
        RESOLVER,
        /** TLS handshake, records or certificates. */
        TLS,
        /** Framing or message decoding. */
        PROTOCOL,
        /** A limit that was set on this server, session or endpoint. */
        LIMIT,
        /** Code of the application: a listener, handler, codec or task. */
        HANDLER
    }

    /**
     * An event without an exception.
     *
     * @param category where it comes from
     * @param code stable word
     * @param text one line
     */
    public static ErrorEvent of(Category category, String code, String text) {
        return new ErrorEvent(category, code, text, Optional.empty());
    }

    /**
     * An event with its exception.
     *
     * @param category where it comes from
     * @param code stable word
     * @param text one line
     * @param cause the exception
     */
    public static ErrorEvent of(Category category, String code, String text, Throwable cause) {
        return new ErrorEvent(category, code, text, Optional.of(cause));
    }

    @Override
    public String toString() {
        return category + " " + code + ": " + text;
    }
}
