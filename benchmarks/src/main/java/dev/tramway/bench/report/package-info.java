/** Results and how they are written down. */
@NullMarked
package dev.tramway.bench.report;

import org.jspecify.annotations.NullMarked;
