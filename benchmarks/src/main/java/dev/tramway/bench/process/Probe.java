package dev.tramway.bench.process;

import java.util.Map;

/** Looks at a server's process while it is under load. */
public interface Probe {
    /** Called when the measured time begins. */
    void begin(ServerProcess server);

    /** Called when it is over; what was seen, by name. */
    Map<String, Double> end(ServerProcess server);

    /** Looks at nothing. */
    static Probe none() {
        return new Probe() {
            @Override
            public void begin(ServerProcess server) {}

            @Override
            public Map<String, Double> end(ServerProcess server) {
                return Map.of();
            }
        };
    }
}
