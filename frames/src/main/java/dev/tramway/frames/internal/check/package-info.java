/** Check sums and cyclic redundancy checks. */
@NullMarked
package dev.tramway.frames.internal.check;

import org.jspecify.annotations.NullMarked;
