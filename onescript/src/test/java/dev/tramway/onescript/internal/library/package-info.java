/** Tests of the built-ins through their declarations, by both names. */
@NullMarked
package dev.tramway.onescript.internal.library;

import org.jspecify.annotations.NullMarked;
