package dev.tramway.server.internal.yaml;

import dev.tramway.server.internal.Durations;
import dev.tramway.server.internal.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A mapping whose keys are asked for one by one; those that nobody asked for are mistakes, which {@link #finish} reports.
 * Every method that reads a value throws a {@link Flaw} if it is not what was asked for. Used by one thread.
 */
public final class Section {

    private final Yaml.Mapping mapping;
    private final Set<String> known = new TreeSet<>();

    private Section(Yaml.Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Opens a mapping.
     *
     * @param what what it describes, for messages
     */
    public static Section of(Yaml yaml, String what) {
        if (yaml instanceof Yaml.Mapping mapping) {
            return new Section(mapping);
        }
        throw yaml.at().flaw(yaml.kind(), "a mapping: " + what, "write 'key: value' lines, indented");
    }

    /** One without any keys. */
    public static Section empty(Position at) {
        return new Section(new Yaml.Mapping(at, Map.of()));
    }

    /** Where it begins. */
    public Position at() {
        return mapping.at();
    }

    /** All entries, in order. */
    public List<Yaml.Entry> entries() {
        return List.copyOf(mapping.entries().values());
    }

    /** The value of a key. */
    public Optional<Yaml> get(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key)).map(Yaml.Entry::value);
    }

    /** True if a key is there. */
    public boolean has(String key) {
        return get(key).isPresent();
    }

    /** Where the value of a key stands, or else the mapping. */
    public Position at(String key) {
        return get(key).map(Yaml::at).orElse(at());
    }

    /** The mapping under a key, an empty one if it is not there. */
    public Section section(String key, String what) {
        return get(key).map(value -> of(value, what)).orElseGet(() -> empty(at()));
    }

    /** The single value of a key. */
    public Optional<Yaml.Scalar> scalar(String key) {
        return get(key).map(value -> scalar(value, "the value of '" + key + "'"));
    }

    /** The text of a key. */
    public Optional<String> text(String key) {
        return scalar(key).map(Yaml.Scalar::text);
    }

    /** The text of a key that must be there. */
    public String needText(String key, String hint) {
        Yaml.Scalar value = scalar(key).orElseThrow(() -> missing(key, hint));
        if (value.text().isEmpty()) {
            throw value.at().flaw(value.kind(), "a value for '" + key + "'", hint);
        }
        return value.text();
    }

    /** Says that a key is not there, or that it is written wrongly. */
    public Flaw missing(String key, String hint) {
        return misspelt(key).orElseGet(() -> at().flaw("no '" + key + "'", "'" + key + "'", hint));
    }

    /** Says that a key is written wrongly, if one is there that looks like it. */
    public Optional<Flaw> misspelt(String key) {
        known.add(key);
        return mapping.entries().values().stream()
                .map(Yaml.Entry::key)
                .filter(other -> !known.contains(other.text()) && isNear(other.text(), key))
                .findFirst()
                .map(other -> {
                    known.add(other.text()); // said once
                    return other.at()
                            .flaw("unknown key '" + other.text() + "'", "'" + key + "'", "did you mean '" + key + "'?");
                });
    }

    /** The whole number of a key. */
    public int integer(String key, int from, int to, int otherwise) {
        return scalar(key).map(value -> integer(value, key, from, to)).orElse(otherwise);
    }

    /** A whole number. */
    public static int integer(Yaml.Scalar value, String what, int from, int to) {
        try {
            int number = Integer.parseInt(value.text().replace("_", ""));
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw value.at().flaw(value.kind(), what + " from " + from + " to " + to, "write a whole number in that range");
    }

    /** The number of a key, with its fraction. */
    public Optional<Double> number(String key) {
        return scalar(key).map(value -> {
            try {
                double number = Double.parseDouble(value.text());
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw value.at().flaw(value.kind(), "a number for '" + key + "'", "write for example 75.5");
        });
    }

    /** True or false. */
    public boolean truth(String key, boolean otherwise) {
        return scalar(key)
                .map(value -> switch (value.text()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw value.at().flaw(value.kind(), "true or false", "write one of these words");
                })
                .orElse(otherwise);
    }

    /** A time such as 500ms, 30s, 5m or 1h. */
    public Optional<Duration> time(String key) {
        return scalar(key).map(value -> {
            try {
                return Durations.parse(value.text());
            } catch (IllegalArgumentException e) {
                throw value.at()
                        .flaw(value.kind(), "a time for '" + key + "'", "write for example 500ms, 30s, 5m or 1h");
            }
        });
    }

    /** Bytes such as 512, 64KiB, 10MiB or 1GiB. */
    public Optional<Long> size(String key) {
        return scalar(key).map(value -> {
            try {
                return Sizes.parse(value.text());
            } catch (IllegalArgumentException e) {
                throw value.at()
                        .flaw(value.kind(), "a size for '" + key + "'", "write for example 512, 64KiB, 10MiB or 1GiB");
            }
        });
    }

    /** One of the constants of an enum, written in small letters with hyphens. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return scalar(key).map(value -> {
            List<E> all = Arrays.asList(type.getEnumConstants());
            List<String> words = all.stream().map(Section::word).toList();
            int index = words.indexOf(value.text());
            if (index < 0) {
                throw value.at()
                        .flaw(
                                value.kind(),
                                "one of " + String.join(", ", words),
                                meant(value.text(), words, "write one of these words"));
            }
            return all.get(index);
        });
    }

    /** How a constant is written. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The items of a list; a single value is a list of one. */
    public List<Yaml.Scalar> list(String key) {
        return get(key).map(value -> switch (value) {
                    case Yaml.Sequence sequence ->
                        sequence.items().stream()
                                .map(item -> scalar(item, "an item of '" + key + "'"))
                                .collect(Collectors.toList());
                    default -> new ArrayList<>(List.of(scalar(value, "the value of '" + key + "'")));
                })
                .orElseGet(ArrayList::new);
    }

    /** A single value. */
    public static Yaml.Scalar scalar(Yaml yaml, String what) {
        if (yaml instanceof Yaml.Scalar scalar) {
            return scalar;
        }
        throw yaml.at().flaw(yaml.kind(), "one value: " + what, "write it on the line of its key");
    }

    /** Complains about keys that were never asked for. */
    public void finish(Problems problems) {
        for (Yaml.Entry entry : mapping.entries().values()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                problems.add(new Problem(
                        entry.key().at(),
                        "unknown key '" + key + "'",
                        known.isEmpty() ? "no key here" : "one of " + String.join(", ", known),
                        meant(key, known, "remove it, or look it up in docs/server.md")));
            }
        }
    }

    /** Asks whether the nearest of several words was meant. */
    public static String meant(String text, Iterable<String> words, String otherwise) {
        String best = otherwise;
        int least = allowed(text) + 1;
        for (String word : words) {
            int distance = distance(text, word);
            if (distance < least) {
                least = distance;
                best = "did you mean '" + word + "'?";
            }
        }
        return best;
    }

    private static boolean isNear(String text, String word) {
        return distance(text, word) <= allowed(text);
    }

    /** How many letters may be wrong in what still looks like a word. */
    private static int allowed(String text) {
        return Math.max(2, text.length() / 3);
    }

    /** Levenshtein's: letters to insert, remove or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
