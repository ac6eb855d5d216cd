/** Several servers that share their devices. */
@NullMarked
package dev.tramway.server.internal.cluster;

import org.jspecify.annotations.NullMarked;
