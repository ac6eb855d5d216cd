package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.Durations;
import dev.tramway.server.internal.Sizes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The options of one sink as they stand in the configuration: texts, numbers and flags by name. Each getter says what it expected by
 * a {@link BadOptionException}; {@link #complete} at last complains of names that nobody has asked for.
 */
public final class SinkOptions {
    private final Map<String, Object> values;
    private final Path directory;
    private final Set<String> asked = new HashSet<>();

    /**
     * For values as a YAML reader gives them; paths are relative to the working directory.
     *
     * @param values String, Integer, Long, Double or Boolean by name
     */
    public SinkOptions(Map<String, ?> values) {
        this(values, Path.of(""));
    }

    /**
     * For values as a YAML reader gives them.
     *
     * @param values String, Integer, Long, Double or Boolean by name
     * @param directory what paths are relative to
     */
    public SinkOptions(Map<String, ?> values, Path directory) {
        this.values = Map.copyOf(values);
        this.directory = directory;
    }

    /** True if others say the same. */
    public boolean isSame(SinkOptions other) {
        return values.equals(other.values) && directory.equals(other.directory);
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new BadOptionException(name, "'" + name + "' is missing", "a text"));
    }

    /** A text. */
    public String text(String name, String otherwise) {
        return optionalText(name).orElse(otherwise);
    }

    /** A text that may be missing, but not empty. */
    public Optional<String> optionalText(String name) {
        return value(name).map(value -> {
            if (value.toString().isEmpty()) {
                throw wrong(name, value, "a text that is not empty");
            }
            return value.toString();
        });
    }

    /** A path to a file. */
    public Path path(String name) {
        return directory.resolve(text(name));
    }

    /** A path that may be missing. */
    public Optional<Path> optionalPath(String name) {
        return optionalText(name).map(directory::resolve);
    }

    /** An address whose scheme is one of some. */
    public URI uri(String name, String... schemes) {
        String text = text(name);
        String expected =
                "an address with a host, such as " + schemes[0] + "://host, and " + String.join(" or ", schemes);
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name, text, expected);
        }
        if (uri.getHost() == null || !Arrays.asList(schemes).contains(String.valueOf(uri.getScheme()))) {
            throw wrong(name, text, expected);
        }
        return uri;
    }

    /** A whole number within bounds. */
    public int number(String name, int otherwise, int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        Object value = value(name).orElse(otherwise);
        try {
            int number = Integer.parseInt(value.toString());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name, value, expected);
    }

    /** A number of bytes: {@code 4096}, {@code 64 MiB}. */
    public long size(String name, long otherwise) {
        Object value = value(name).orElse(otherwise);
        try {
            long size = Sizes.parse(value.toString());
            if (size > 0) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong(name, value, "a number above 0 and B, KiB, MiB or GiB, for example 64 MiB");
    }

    /** A time above zero: {@code 500ms}, {@code 24h}. */
    public Duration duration(String name, Duration otherwise) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            Duration time = Durations.parse(value.get().toString());
            if (time.isPositive()) {
                return time;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong(name, value.get(), "a time such as 500ms, 30s, 5m or 24h");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        Object value = value(name).orElse(otherwise);
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "true or false");
        };
    }

    /** One of some words, those of an enum in lower case, with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        Object value = value(name).orElse(word(otherwise));
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> word(one).equals(value.toString()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        value,
                        "one of " + Arrays.stream(all).map(SinkOptions::word).collect(Collectors.joining(", "))));
    }

    /** Complains of options that this kind of sink does not have. */
    public void complete() {
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new BadOptionException(
                    unknown.first(),
                    "'" + unknown.first() + "' is no option here",
                    "one of " + String.join(", ", new TreeSet<>(asked)));
        }
    }

    /** What is said of a value that is not as expected. */
    static BadOptionException wrong(String name, Object value, String expected) {
        return new BadOptionException(name, name + ": '" + value + "'", expected);
    }

    private Optional<Object> value(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
