/** Tests of built-ins. */
@NullMarked
package dev.tramway.onescript.internal.library.file;

import org.jspecify.annotations.NullMarked;
