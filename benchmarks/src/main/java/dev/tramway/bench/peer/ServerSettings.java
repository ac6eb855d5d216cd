package dev.tramway.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a server under test runs.
 *
 * @param work what it does
 * @param port port on 127.0.0.1, or of the group that {@link Work#GROUP} sends to; 0 lets the system choose
 * @param threads number of event loops
 * @param rate messages that a server makes in a second at first, where it makes any; 0 for none
 * @param size bytes of the payload of each of them, 16 or more
 * @param certificate chain and key, PEM, for TLS; plain without
 */
public record ServerSettings(Work work, int port, int threads, double rate, int size, Optional<Path> certificate) {
    /** Bytes of the number and the time that a broadcast message begins with. */
    static final int STAMP = 2 * Long.BYTES;

    public ServerSettings {
        if (size < STAMP) {
            throw new IllegalArgumentException("size: " + size + " (expected: at least " + STAMP + " bytes)");
        }
    }

    /** One loop on a free port, with messages of 32 bytes, plain. */
    public static ServerSettings of(Work work) {
        return new ServerSettings(work, 0, 1, 1_000, 32, Optional.empty());
    }

    /** The same with another rate. */
    public ServerSettings withRate(double perSecond) {
        return new ServerSettings(work, port, threads, perSecond, size, certificate);
    }

    /** The same with another number of event loops. */
    public ServerSettings withThreads(int loops) {
        return new ServerSettings(work, port, loops, rate, size, certificate);
    }

    /** The same over TLS. */
    public ServerSettings withTls(Path pem) {
        return new ServerSettings(work, port, threads, rate, size, Optional.of(pem));
    }

    /**
     * The same with a port.
     *
     * @param number on 127.0.0.1, or of a group
     */
    public ServerSettings withPort(int number) {
        return new ServerSettings(work, number, threads, rate, size, certificate);
    }

    /** The command line that every server program of a measurement understands. */
    public List<String> arguments() {
        var arguments = new ArrayList<>(
                List.of(work.toString(), "--port=" + port, "--threads=" + threads, "--rate=" + rate, "--size=" + size));
        certificate.ifPresent(file -> arguments.add("--certificate=" + file));
        return arguments;
    }
}
