package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Topics out of a text with {@code {listener}}, {@code {device}}, {@code {source}} and {@code {name}} in it. What means something to a broker is written as
 * {@code %2B} and so on, so that no device chooses a level of its own; only the slashes of a source stay, since it is a path.
 */
final class TopicTemplate {
    private static final Pattern FIELD = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern SPECIAL = Pattern.compile("[+#%/$\\p{Cntrl}\\x{80}-\\x{9f}]");
    private static final Pattern SPECIAL_IN_PATH = Pattern.compile("[+#%$\\p{Cntrl}\\x{80}-\\x{9f}]");
    private static final List<String> FIELDS = List.of("listener", "device", "source", "name");

    private final String template;

    /** Throws an IllegalArgumentException that says what was expected. */
    TopicTemplate(String template) {
        FIELD.matcher(template)
                .results()
                .filter(field -> !FIELDS.contains(field.group(1)))
                .findFirst()
                .ifPresent(field -> {
                    throw new IllegalArgumentException(
                            "no " + field.group() + " but {" + String.join("}, {", FIELDS) + "}");
                });
        if (SPECIAL_IN_PATH.matcher(template).find() || template.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a topic without +, #, %, $ and control characters, and no slash in front");
        }
        this.template = template;
    }

    String topic(DeviceReading reading) {
        String filled = FIELD.matcher(template).replaceAll(field -> Matcher.quoteReplacement(value(field, reading)));
        // An empty field takes its level with it.
        return filled.replaceAll("/{2,}", "/").replaceAll("^/|/$", "");
    }

    private static String value(MatchResult field, DeviceReading reading) {
        return switch (field.group(1)) {
            case "listener" -> escaped(SPECIAL, reading.listener());
            case "device" -> escaped(SPECIAL, reading.device());
            case "source" -> escaped(SPECIAL_IN_PATH, reading.source());
            default -> escaped(SPECIAL, reading.name());
        };
    }

    private static String escaped(Pattern special, String text) {
        return special.matcher(text).replaceAll(found -> {
            var escapes = new StringBuilder();
            for (byte octet : found.group().getBytes(StandardCharsets.UTF_8)) {
                escapes.append(String.format("%%%02X", octet));
            }
            return escapes.toString();
        });
    }
}
