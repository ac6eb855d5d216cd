/** The ready-to-run server, as the command {@code tramway serve}. */
@NullMarked
package dev.tramway.server;

import org.jspecify.annotations.NullMarked;
