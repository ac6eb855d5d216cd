package dev.tramway;

import java.time.Duration;

/**
 * TCP keep-alive: the kernel's own probes on a quiet connection.
 *
 * <p>The times need a platform that offers them (Linux, macOS, recent Windows); elsewhere the system's own apply.
 *
 * @param idle quiet time before the first probe, whole seconds, 1 to 32,767
 * @param interval time between probes, whole seconds, 1 to 32,767
 * @param probes unanswered probes that end the connection, 1 to 127
 */
public record KeepAlive(Duration idle, Duration interval, int probes) {
    /** First probe after 60 s, then every 10 s, dead after 3 without answer. */
    public static final KeepAlive DEFAULT = new KeepAlive(Duration.ofSeconds(60), Duration.ofSeconds(10), 3);

    /** Checks the ranges. */
    public KeepAlive {
        requireSeconds("keep-alive idle", idle);
        requireSeconds("keep-alive interval", interval);
        if (probes < 1 || probes > 127) {
            throw new IllegalArgumentException("keep-alive probes: " + probes + " (expected: 1 to 127)");
        }
    }

    private static void requireSeconds(String name, Duration value) {
        if (value.toSeconds() < 1 || value.toSeconds() > 32_767) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to 32767 seconds)");
        }
    }
}
