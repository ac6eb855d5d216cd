package dev.tramway.bench.scenario;

import dev.tramway.bench.process.Trial;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** Columns of a table: a name and how to read the value from a trial. */
final class Metrics {
    private final SequencedMap<String, ToDoubleFunction<Trial>> columns = new LinkedHashMap<>();

    private Metrics() {}

    /** Begins with the headline. */
    static Metrics headline(String name, ToDoubleFunction<Trial> value) {
        return new Metrics().and(name, value);
    }

    /** Messages per second, and what both processes cost. */
    static Metrics rate() {
        return headline("messages/s", trial -> trial.load().rate()).andCosts();
    }

    /** Latencies in microseconds. */
    static Metrics latencies() {
        return headline("p50 us", trial -> trial.load().p50Micros())
                .and("p99 us", trial -> trial.load().p99Micros())
                .and("p99.9 us", trial -> trial.load().p999Micros());
    }

    /** Adds a column. */
    Metrics and(String name, ToDoubleFunction<Trial> value) {
        columns.put(name, value);
        return this;
    }

    /** Adds what both processes cost. */
    Metrics andCosts() {
        return and("server ns CPU/message", Trial::serverNanosPerMessage).andCores();
    }

    /** Adds the cores that both processes keep busy. */
    Metrics andCores() {
        return and("server cores", Trial::serverCores).and("load cores", Trial::loadCores);
    }

    /** In order of addition. */
    SequencedMap<String, ToDoubleFunction<Trial>> columns() {
        return columns;
    }
}
