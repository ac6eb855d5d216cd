/** Readings on their way from devices to sinks, kept on disk: {@link dev.tramway.server.internal.spool.Spool}. */
@NullMarked
package dev.tramway.server.internal.spool;

import org.jspecify.annotations.NullMarked;
