/** Cuts frames out of a stream of bytes, takes off what is around them, and begins again where a frame was none. */
@NullMarked
package dev.tramway.frames.internal.cut;

import org.jspecify.annotations.NullMarked;
