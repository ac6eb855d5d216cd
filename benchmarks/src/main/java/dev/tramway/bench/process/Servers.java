package dev.tramway.bench.process;

import dev.tramway.bench.peer.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Server processes that live on between trials, so that a library that was measured once is warm from then on. */
public final class Servers implements AutoCloseable {
    /** Scenarios that share servers follow each other. */
    private static final int MOST = 10;

    private record Kind(String contender, ServerSettings settings) {}

    private final Trial.Bench bench;
    /** The one that was used last comes last. */
    private final LinkedHashMap<Kind, ServerProcess> living = new LinkedHashMap<>();

    /** Without any server yet. */
    public Servers(Trial.Bench bench) {
        this.bench = bench;
    }

    /**
     * Makes a trial with the server that did the same before, at whatever rate, or with a new one.
     *
     * @param load on one that is warm
     * @param first on one that is new
     * @throws BenchException if a message was lost, repeated, reordered or damaged, or a process failed; the server ends
     */
    public Trial trial(
            Contender contender, ServerSettings settings, LoadSettings load, LoadSettings first, Probe probe) {
        var kind = new Kind(contender.name(), settings.withRate(0));
        var warm = Optional.ofNullable(living.remove(kind));
        var server = warm.orElseGet(() -> ServerProcess.start(contender, settings, bench.pinning()));
        try {
            var trial = Trial.on(server, settings, warm.isPresent() ? load : first, probe, bench);
            keep(kind, server);
            return trial;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void keep(Kind kind, ServerProcess server) {
        living.putLast(kind, server);
        if (living.size() > MOST) {
            living.pollFirstEntry().getValue().close();
        }
    }

    @Override
    public void close() {
        Map.copyOf(living).values().forEach(ServerProcess::close);
        living.clear();
    }
}
