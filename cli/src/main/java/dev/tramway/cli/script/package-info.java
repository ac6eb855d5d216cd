/** The {@code script} command: runs OneScript. */
@NullMarked
package dev.tramway.cli.script;

import org.jspecify.annotations.NullMarked;
