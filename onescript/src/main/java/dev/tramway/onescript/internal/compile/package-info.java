/** Trees of the syntax to trees that run: names become slots here, and unknown ones errors. */
@NullMarked
package dev.tramway.onescript.internal.compile;

import org.jspecify.annotations.NullMarked;
