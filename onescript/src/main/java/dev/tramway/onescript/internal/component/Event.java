package dev.tramway.onescript.internal.component;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a server, on its way to a thread of the script.
 *
 * @param kind what happened
 * @param action what the script wanted then; null where that is decided when the event is taken
 * @param arguments what the handler is told
 * @param taken runs when a thread has taken it
 */
record Event(ServerEvent kind, @Nullable Action action, EventArguments arguments, Runnable taken) {}
