package dev.tramway.server.internal.yaml;

import java.util.List;
import java.util.Map;

/** A part of a YAML document, with the place where it stands. */
public sealed interface Yaml {
    /** Where it begins. */
    Position at();

    /** What it is called in messages. */
    String kind();

    /**
     * A single value.
     *
     * @param at where it begins
     * @param text its text, without quotes
     */
    record Scalar(Position at, String text) implements Yaml {
        @Override
        public String kind() {
            return text.isEmpty() ? "nothing" : "'" + text + "'";
        }
    }

    /**
     * A list.
     *
     * @param at where it begins
     * @param items its items
     */
    record Sequence(Position at, List<Yaml> items) implements Yaml {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A mapping.
     *
     * @param at where it begins
     * @param entries by key, in order
     */
    record Mapping(Position at, Map<String, Entry> entries) implements Yaml {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A value with its key.
     *
     * @param key the key
     * @param value the value
     */
    record Entry(Scalar key, Yaml value) {}
}
