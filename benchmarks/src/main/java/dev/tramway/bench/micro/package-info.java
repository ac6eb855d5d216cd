/** Benchmarks of single parts, run by {@code tramway bench micro}. */
@NullMarked
package dev.tramway.bench.micro;

import org.jspecify.annotations.NullMarked;
