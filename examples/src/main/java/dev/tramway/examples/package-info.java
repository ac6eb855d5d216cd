/** One small program per idea. {@code ./tramway example} lists and runs them. */
@NullMarked
package dev.tramway.examples;

import org.jspecify.annotations.NullMarked;
