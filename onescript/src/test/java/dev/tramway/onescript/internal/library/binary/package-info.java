/** Tests of built-ins. */
@NullMarked
package dev.tramway.onescript.internal.library.binary;

import org.jspecify.annotations.NullMarked;
