/** JSON: reading and writing token by token, and of whole values. */
@NullMarked
package dev.tramway.onescript.internal.library.json;

import org.jspecify.annotations.NullMarked;
