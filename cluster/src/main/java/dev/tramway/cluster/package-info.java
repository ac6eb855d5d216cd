/** Broadcast, groups, sending by id and presence across machines, on NATS. Begin with {@link dev.tramway.cluster.NatsCluster}. */
@NullMarked
package dev.tramway.cluster;

import org.jspecify.annotations.NullMarked;
