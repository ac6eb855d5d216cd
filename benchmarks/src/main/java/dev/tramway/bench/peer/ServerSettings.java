package dev.tramway.bench.peer;

import java.util.List;

/**
 * How a server under test runs.
 *
 * @param work what it does
 * @param port port on 127.0.0.1; 0 lets the system choose
 * @param threads number of event loops
 * @param rate messages that {@link Work#BROADCAST} makes in a second
 * @param size bytes of the payload of each of them, 16 or more
 */
public record ServerSettings(Work work, int port, int threads, double rate, int size) {
    /** Bytes of the number and the time that a broadcast message begins with. */
    static final int STAMP = 2 * Long.BYTES;

    public ServerSettings {
        if (size < STAMP) {
            throw new IllegalArgumentException("size: " + size + " (expected: at least " + STAMP + " bytes)");
        }
    }

    /** One loop on a free port, with messages of 32 bytes. */
    public static ServerSettings of(Work work) {
        return new ServerSettings(work, 0, 1, 1_000, 32);
    }

    /** The same with another rate. */
    public ServerSettings withRate(double perSecond) {
        return new ServerSettings(work, port, threads, perSecond, size);
    }

    /** The command line of {@link PeerMain} for a peer with these settings. */
    public List<String> arguments(String peer) {
        return List.of(
                "--peer=" + peer,
                "--scenario=" + work,
                "--port=" + port,
                "--threads=" + threads,
                "--rate=" + rate,
                "--size=" + size);
    }
}
