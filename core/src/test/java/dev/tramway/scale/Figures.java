package dev.tramway.scale;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Named numbers, as one process tells them to another in one line.
 *
 * @param values by name
 */
record Figures(Map<String, Long> values) {
    /** Reads what {@link #toString} writes. */
    static Figures parse(String line) {
        Figures parsed = new Figures(new TreeMap<>());
        for (String word : line.split(" ", -1)) {
            String[] parts = word.split("=", 2);
            parsed.values.put(parts[0], Long.parseLong(parts[1]));
        }
        return parsed;
    }

    /** One number; more are added by {@link #and}. */
    static Figures of(String name, long value) {
        return new Figures(new TreeMap<>()).and(name, value);
    }

    Figures and(String name, long value) {
        values.put(name, value);
        return this;
    }

    Figures and(Figures others) {
        values.putAll(others.values);
        return this;
    }

    /** The number of that name; 0 if it was not told. */
    long get(String name) {
        return values.getOrDefault(name, 0L);
    }

    /** The sum of several numbers. */
    long sum(String... names) {
        return Arrays.stream(names).mapToLong(this::get).sum();
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
