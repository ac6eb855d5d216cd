/** The {@code frames} command: checks, tests and tries definitions of binary protocols. */
@NullMarked
package dev.tramway.cli.frames;

import org.jspecify.annotations.NullMarked;
