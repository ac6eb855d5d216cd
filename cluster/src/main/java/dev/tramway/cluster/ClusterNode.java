package dev.tramway.cluster;

import java.util.UUID;

/**
 * A node that is present.
 *
 * @param id random, another one for each start
 * @param name as configured, by default the host's
 * @param sessions open on its server when it last said so, at most half a second ago
 */
public record ClusterNode(UUID id, String name, int sessions) {}
