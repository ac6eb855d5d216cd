/** Tests of built-ins. */
@NullMarked
package dev.tramway.onescript.internal.library.text;

import org.jspecify.annotations.NullMarked;
