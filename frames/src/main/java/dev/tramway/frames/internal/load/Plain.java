package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.yaml.Numbers;
import dev.tramway.frames.internal.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as tests and commands write them: what stands without quotes may be a number or true or false. */
final class Plain {
    private Plain() {}

    static Object of(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar.plain() ? of(scalar.text()) : scalar.text();
            case Yaml.Sequence sequence -> {
                List<Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(of(item)));
                yield items;
            }
            case Yaml.Mapping mapping -> map(mapping);
        };
    }

    static Map<String, Object> map(Yaml.Mapping mapping) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
        return values;
    }

    private static Object of(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (Numbers.isInteger(text)) {
            return Numbers.parse(text);
        }
        return text.matches("-?\\d+\\.\\d+([eE][-+]?\\d+)?") ? (Object) Double.parseDouble(text) : text;
    }
}
