package dev.tramway.server.internal.config;

import dev.tramway.server.internal.yaml.Flaw;
import dev.tramway.server.internal.yaml.Position;
import dev.tramway.server.internal.yaml.Problem;
import dev.tramway.server.internal.yaml.Problems;
import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import dev.tramway.server.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the environment changes in a configuration. {@code TRAMWAY_API__PORT=9090} sets {@code port} in {@code api}: the path of
 * keys in capitals, two underscores between keys, one for a hyphen. And {@code ${NAME}} in a value is replaced by that
 * variable.
 */
final class Environment {
    private static final String PREFIX = "TRAMWAY_";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Map<String, String> variables;
    private final Problems problems;

    Environment(Map<String, String> variables, Problems problems) {
        this.variables = new TreeMap<>(variables);
        this.problems = problems;
    }

    /** A document with what the environment says. */
    Yaml applied(Yaml document, Set<String> sections) {
        Yaml result = resolved(document);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (!variable.getKey().startsWith(PREFIX)) {
                continue;
            }
            List<String> path = List.of(variable.getKey()
                    .substring(PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-')
                    .split("--", -1));
            if (sections.contains(path.get(0))) {
                Yaml base = result;
                result = problems.attempt(() -> set(base, path, variable.getKey(), variable.getValue()), base);
            } else if (path.size() > 1) {
                problems.add(new Problem(
                        new Position("$" + variable.getKey(), 1, 1),
                        "unknown section '" + path.get(0) + "'",
                        "one of " + String.join(", ", sections),
                        Section.meant(path.get(0), sections, "unset the variable")));
            }
        }
        return result;
    }

    private Yaml set(Yaml base, List<String> path, String variable, String text) {
        String file = "$" + variable;
        Position at = new Position(file, 1, 1);
        if (path.isEmpty()) {
            return text.startsWith("[") ? YamlReader.read(file, text) : new Yaml.Scalar(at, text);
        }
        if (!(base instanceof Yaml.Mapping mapping)) {
            throw at.flaw("a key '" + path.get(0) + "'", "no key there, since the file has " + base.kind(), "unset it");
        }
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>(mapping.entries());
        String key = path.get(0);
        Yaml.Entry old =
                entries.getOrDefault(key, new Yaml.Entry(new Yaml.Scalar(at, key), new Yaml.Mapping(at, Map.of())));
        Yaml inner = path.size() > 1
                        && old.value() instanceof Yaml.Scalar nothing
                        && nothing.text().isEmpty()
                ? new Yaml.Mapping(at, Map.of())
                : old.value();
        entries.put(key, new Yaml.Entry(old.key(), set(inner, path.subList(1, path.size()), variable, text)));
        return new Yaml.Mapping(mapping.at(), entries);
    }

    // ---- ${NAME} ----------------------------------------------------------------------------------------------------

    private Yaml resolved(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> problems.attempt(() -> resolved(scalar), scalar);
            case Yaml.Sequence sequence -> {
                List<Yaml> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(resolved(item)));
                yield new Yaml.Sequence(sequence.at(), items);
            }
            case Yaml.Mapping mapping -> {
                Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach(
                                (key, entry) -> entries.put(key, new Yaml.Entry(entry.key(), resolved(entry.value()))));
                yield new Yaml.Mapping(mapping.at(), entries);
            }
        };
    }

    private Yaml.Scalar resolved(Yaml.Scalar scalar) throws Flaw {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        return new Yaml.Scalar(scalar.at(), matcher.replaceAll(found -> {
            String value = variables.get(found.group(1));
            if (value == null) {
                throw scalar.at()
                        .flaw(
                                "'" + found.group() + "', which is not set",
                                "a variable of the environment",
                                "set " + found.group(1) + ", or write the value here");
            }
            return Matcher.quoteReplacement(value);
        }));
    }
}
