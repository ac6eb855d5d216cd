/** Traffic written to a file as it happens, and played again from it. */
@NullMarked
package dev.tramway.server.internal.traffic;

import org.jspecify.annotations.NullMarked;
