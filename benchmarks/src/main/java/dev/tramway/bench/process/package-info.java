/** The processes of a measurement: raw C programs, Java servers, the load client, and where they run. */
@NullMarked
package dev.tramway.bench.process;

import org.jspecify.annotations.NullMarked;
