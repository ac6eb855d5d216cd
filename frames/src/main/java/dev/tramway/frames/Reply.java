package dev.tramway.frames;

/**
 * What a device answered.
 *
 * @param request what it answers
 * @param message the answer
 * @param ok true if the definition calls it a success
 */
public record Reply(Request request, Message message, boolean ok) {}
