/** The {@code tramway} command: finds its subcommands and runs one of them. */
@NullMarked
package dev.tramway.cli;

import org.jspecify.annotations.NullMarked;
