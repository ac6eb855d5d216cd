/** The servers that are measured: each runs in a process of its own and is spoken to through its standard input. */
@NullMarked
package dev.tramway.bench.peer;

import org.jspecify.annotations.NullMarked;
