package dev.tramway.server.internal.api;

/**
 * A part of the server that can be ready or not.
 *
 * @param name of the part, such as {@code spool}
 * @param ready true if it works
 * @param detail for people; may be empty
 */
public record Check(String name, boolean ready, String detail) {}
