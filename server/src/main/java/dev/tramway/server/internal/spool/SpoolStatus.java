package dev.tramway.server.internal.spool;

/**
 * How a spool is doing.
 *
 * @param health whether it takes readings
 * @param trouble why it does not; empty if it does
 * @param waiting readings on disk that the slowest sink does not have
 * @param bytes on disk
 * @param stored readings since the start
 * @param refused readings that found no room since the start; their devices were not acknowledged
 * @param lost readings, at most, that were stored and are damaged, as far as that was noticed since the start
 */
public record SpoolStatus(
        Health health, String trouble, long waiting, long bytes, long stored, long refused, long lost) {
    /** Whether readings are taken. */
    public enum Health {
        /** They are. */
        OK,
        /** They are refused until sinks have taken some: the limit of bytes is reached. */
        FULL,
        /** The disk does not take them: it is full, read-only or broken. Every group of readings is a new attempt. */
        FAILING
    }
}
