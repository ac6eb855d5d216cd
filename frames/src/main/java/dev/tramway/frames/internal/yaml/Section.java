package dev.tramway.frames.internal.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A mapping whose keys are asked for one by one; those that nobody asked for are mistakes. */
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

    /** The value of a key that must be there. */
    public Yaml need(String key, String remedy) {
        return get(key).orElseThrow(() -> at().flaw("no '" + key + "'", "'" + key + "'", remedy));
    }

    /** The single value of a key. */
    public Optional<Yaml.Scalar> scalar(String key) {
        return get(key).map(value -> scalar(value, "the value of '" + key + "'"));
    }

    /** The text of a key. */
    public Optional<String> text(String key) {
        return scalar(key).map(Yaml.Scalar::text);
    }

    /** The whole number of a key. */
    public int integer(String key, int from, int to, int otherwise) {
        return scalar(key)
                .map(value -> (int) Numbers.integer(value, key, from, to))
                .orElse(otherwise);
    }

    /** True or false. */
    public boolean truth(String key) {
        return scalar(key)
                .map(value -> oneOf(
                        value,
                        text -> switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.<Boolean>empty();
                        },
                        "true or false"))
                .orElse(false);
    }

    /** One of several words. */
    public static <T> T oneOf(Yaml.Scalar value, Function<String, Optional<T>> choice, String words) {
        return choice.apply(value.text())
                .orElseThrow(() -> value.at().flaw(value.kind(), words, "write one of these words"));
    }

    /** The items of a list. */
    public static List<Yaml> list(Yaml yaml, String what) {
        if (yaml instanceof Yaml.Sequence sequence) {
            return sequence.items();
        }
        throw yaml.at().flaw(yaml.kind(), "a list: " + what, "write '- item' lines, or [ item, item ]");
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
                problems.add(entry.key()
                        .at()
                        .flaw("unknown key '" + key + "'", "one of " + String.join(", ", known), nearest(key)));
            }
        }
    }

    private String nearest(String key) {
        return known.stream()
                .filter(other -> distance(key, other) <= 2)
                .findFirst()
                .map(other -> "did you mean '" + other + "'?")
                .orElse("remove it, or look it up in the reference");
    }

    /** A rough one: letters that only one of both has, or a difference of order. */
    private static int distance(String one, String other) {
        Set<Integer> letters = new HashSet<>(one.chars().boxed().toList());
        Set<Integer> others = new HashSet<>(other.chars().boxed().toList());
        Set<Integer> common = new HashSet<>(letters);
        common.retainAll(others);
        return letters.size() + others.size() - 2 * common.size() + Math.abs(one.length() - other.length()) / 2;
    }
}
