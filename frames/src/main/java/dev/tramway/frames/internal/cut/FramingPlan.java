package dev.tramway.frames.internal.cut;

import org.jspecify.annotations.Nullable;

/**
 * How frames are cut, one way.
 *
 * @param cutter finds their size
 * @param wrapping what is around them; null if nothing
 * @param resync true if the search begins again behind what is no frame; false if the session is closed then
 * @param sharedBytes bytes at the end of a frame with which the next one may begin
 * @param idleNanos time without a byte that ends a frame; 0 for none
 * @param limit most bytes of a frame on the wire
 * @param noise most bytes between two frames, until the session is closed
 */
public record FramingPlan(
        Cutter cutter,
        @Nullable Wrapping wrapping,
        boolean resync,
        int sharedBytes,
        long idleNanos,
        int limit,
        int noise) {}
