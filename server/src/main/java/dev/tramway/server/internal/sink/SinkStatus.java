package dev.tramway.server.internal.sink;

import java.time.Duration;

/**
 * How a sink is doing.
 *
 * @param name its name
 * @param healthy whether the last attempt went well; a sink that has had nothing to do is healthy
 * @param trouble what the last attempt failed with; empty if healthy
 * @param delivered readings that it has taken since the start
 * @param retried attempts that failed since the start
 * @param refused readings that it will never take, since the start
 * @param lag readings that wait for it
 * @param lagTime how long the first of them has waited; zero if none waits
 */
public record SinkStatus(
        String name,
        boolean healthy,
        String trouble,
        long delivered,
        long retried,
        long refused,
        long lag,
        Duration lagTime) {}
