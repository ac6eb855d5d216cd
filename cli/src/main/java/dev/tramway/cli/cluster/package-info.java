/** The {@code cluster} command. */
@NullMarked
package dev.tramway.cli.cluster;

import org.jspecify.annotations.NullMarked;
