/** Where readings end: a {@link dev.tramway.server.internal.sink.Sink} for each kind of receiver, made by {@link dev.tramway.server.internal.sink.Sinks}. */
@NullMarked
package dev.tramway.server.internal.sink;

import org.jspecify.annotations.NullMarked;
