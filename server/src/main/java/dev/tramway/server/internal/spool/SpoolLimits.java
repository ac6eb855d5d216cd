package dev.tramway.server.internal.spool;

/**
 * How much a spool holds.
 *
 * @param bytes of its directory, from 1 MiB; what is on its way when it is reached may still exceed it by a little
 * @param pending readings in memory that are not yet on disk, from 1
 */
public record SpoolLimits(long bytes, int pending) {
    /** A GiB on disk, and 65,536 readings before it. */
    public static final SpoolLimits DEFAULT = new SpoolLimits(1L << 30, 1 << 16);

    private static final long LEAST = 1 << 20;
    private static final long LARGEST_SEGMENT = 64 << 20;

    /** Checks the ranges. */
    public SpoolLimits {
        if (bytes < LEAST || pending < 1) {
            throw new IllegalArgumentException(
                    "spool of " + bytes + " bytes, " + pending + " pending (expected: at least " + LEAST + " and 1)");
        }
    }

    /** Size of one file, small enough that deleting the oldest gives room long before the limit. */
    long segmentBytes() {
        return Math.min(bytes / 16, LARGEST_SEGMENT);
    }
}
