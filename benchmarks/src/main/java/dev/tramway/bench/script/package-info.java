/** Measures servers and clients that are scripts, each beside the same in plain Java. */
@NullMarked
package dev.tramway.bench.script;

import org.jspecify.annotations.NullMarked;
