package dev.tramway.frames;

/**
 * A command that was sent and is not answered yet.
 *
 * @param command its name
 * @param message what was sent
 * @param deadline when to give up, in milliseconds since 1970
 */
public record Request(String command, Message message, long deadline) {}
