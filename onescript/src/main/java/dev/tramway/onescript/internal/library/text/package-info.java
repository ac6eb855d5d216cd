/** Text files: read and written line by line, or edited as a whole. */
@NullMarked
package dev.tramway.onescript.internal.library.text;

import org.jspecify.annotations.NullMarked;
