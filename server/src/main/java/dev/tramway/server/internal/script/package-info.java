/** Scripts that the server runs: what they may do, and how they are called. Knows nothing of listeners. */
@NullMarked
package dev.tramway.server.internal.script;

import org.jspecify.annotations.NullMarked;
