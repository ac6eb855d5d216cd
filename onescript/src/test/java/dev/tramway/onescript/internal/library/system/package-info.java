/** Tests of built-ins. */
@NullMarked
package dev.tramway.onescript.internal.library.system;

import org.jspecify.annotations.NullMarked;
