/** How single values lie in bytes, in both directions. */
@NullMarked
package dev.tramway.frames.internal.type;

import org.jspecify.annotations.NullMarked;
