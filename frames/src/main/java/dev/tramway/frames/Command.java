package dev.tramway.frames;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of a device, as the definition says it under {@code commands}.
 *
 * @param name its name
 * @param message name of the message that is sent
 * @param arguments what must be given, in the order of the definition
 * @param replies names of the messages that can be the reply; empty if there is none
 * @param correlation fields that the reply has in common with what was sent, as {@code field} or {@code ofReply=ofCommand}
 * @param number field that is numbered, by which a device tells commands apart
 * @param timeout how long to wait for the reply
 * @param repeatable true if a device may be told twice without harm, so that one that does not answer can be told again
 */
public record Command(
        String name,
        String message,
        List<Argument> arguments,
        List<String> replies,
        List<String> correlation,
        Optional<String> number,
        Duration timeout,
        boolean repeatable) {
    /**
     * An argument.
     *
     * @param name its name
     * @param field field of the message that it goes to
     * @param kind what it is
     * @param min least value, {@code -Double.MAX_VALUE} for none
     * @param max most value, {@code Double.MAX_VALUE} for none
     */
    public record Argument(String name, String field, Kind kind, double min, double max) {}

    /** What an argument is. */
    public enum Kind {
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** True or false. */
        FLAG,
        /** A text; times and bytes are given as texts too. */
        TEXT
    }
}
