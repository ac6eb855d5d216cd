/** What is measured: each scenario drives servers and load clients and turns what they report into a result. */
@NullMarked
package dev.tramway.bench.scenario;

import org.jspecify.annotations.NullMarked;
