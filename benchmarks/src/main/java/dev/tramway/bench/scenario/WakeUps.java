package dev.tramway.bench.scenario;

import dev.tramway.bench.process.Probe;
import dev.tramway.bench.process.ServerProcess;
import java.util.Map;

/** Counts how often the threads of a server go to sleep, hence wake up. */
final class WakeUps implements Probe {
    /** Per second. */
    static final String PER_SECOND = "wake-ups/s";

    private long before;
    private long beganNanos;

    @Override
    public void begin(ServerProcess server) {
        before = server.sleeps();
        beganNanos = System.nanoTime();
    }

    @Override
    public Map<String, Double> end(ServerProcess server) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return Map.of(PER_SECOND, (server.sleeps() - before) / seconds);
    }
}
