/** Compiles definition files. */
@NullMarked
package dev.tramway.frames.internal.load;

import org.jspecify.annotations.NullMarked;
