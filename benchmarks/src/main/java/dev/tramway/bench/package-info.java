/**
 * The {@code bench} tool: measures Tramway beside its peers. Server and load client are separate processes, pinned to a
 * core each where the system can.
 */
@NullMarked
package dev.tramway.bench;

import org.jspecify.annotations.NullMarked;
