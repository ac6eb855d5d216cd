/** {@code tramway connect}: talks to a server by hand. */
@NullMarked
package dev.tramway.cli.connect;

import org.jspecify.annotations.NullMarked;
