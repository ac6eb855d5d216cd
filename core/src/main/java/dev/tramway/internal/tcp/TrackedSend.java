package dev.tramway.internal.tcp;

import java.util.concurrent.CompletableFuture;

/**
 * A send whose end somebody waits for.
 *
 * @param sent completes when the kernel has taken the message
 * @param limited false if the sender keeps within a window of its own and waits for room there, so that the session's limit
 *     is not for it
 */
record TrackedSend(CompletableFuture<Void> sent, boolean limited) {}
