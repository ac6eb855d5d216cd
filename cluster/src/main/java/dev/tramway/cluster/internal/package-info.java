/** How a node talks to the others. */
@NullMarked
package dev.tramway.cluster.internal;

import org.jspecify.annotations.NullMarked;
