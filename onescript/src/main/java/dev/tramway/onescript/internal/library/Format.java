package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A format string of Формат: keys with values, separated by semicolons. */
final class Format {
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("бл", "BF"),
            Map.entry("bf", "BF"),
            Map.entry("би", "BT"),
            Map.entry("bt", "BT"),
            Map.entry("л", "L"),
            Map.entry("l", "L"),
            Map.entry("чц", "ND"),
            Map.entry("nd", "ND"),
            Map.entry("чдц", "NFD"),
            Map.entry("nfd", "NFD"),
            Map.entry("чс", "NS"),
            Map.entry("ns", "NS"),
            Map.entry("чрд", "NDS"),
            Map.entry("nds", "NDS"),
            Map.entry("чрг", "NGS"),
            Map.entry("ngs", "NGS"),
            Map.entry("чн", "NZ"),
            Map.entry("nz", "NZ"),
            Map.entry("чг", "NG"),
            Map.entry("ng", "NG"),
            Map.entry("чвн", "NLZ"),
            Map.entry("nlz", "NLZ"),
            Map.entry("чо", "NN"),
            Map.entry("nn", "NN"),
            Map.entry("дп", "DE"),
            Map.entry("de", "DE"),
            Map.entry("дф", "DF"),
            Map.entry("df", "DF"),
            Map.entry("длф", "DLF"),
            Map.entry("dlf", "DLF"));

    private final Map<String, String> values = new HashMap<>();

    private Format() {}

    static Format of(String text) {
        Format format = new Format();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String key = KEYS.get(Names.key(text.substring(at, equals).strip()));
            int end = end(text, equals + 1);
            if (key != null) {
                format.values.put(key, value(text.substring(equals + 1, end)));
            }
            at = end + 1;
        }
        return format;
    }

    /** Returns where the value ends: at a semicolon that is not quoted. */
    private static int end(String text, int from) {
        char quote = '\0';
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == ';') {
                return i;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
        }
        return text.length();
    }

    private static String value(String written) {
        String text = written.strip();
        if (text.length() < 2) {
            return written.isEmpty() ? "" : text.isEmpty() ? " " : text;
        }
        char quote = text.charAt(0);
        boolean quoted = (quote == '\'' || quote == '"') && text.charAt(text.length() - 1) == quote;
        if (!quoted) {
            return text;
        }
        String inner = text.substring(1, text.length() - 1);
        String twice = String.valueOf(quote) + quote;
        return inner.replace(twice, String.valueOf(quote));
    }

    @Nullable
    String get(String key) {
        return values.get(key);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns the whole number of a key, or the default where it is absent or empty. */
    int number(String key, int otherwise) {
        String text = values.get(key);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException wrong) {
            throw Errors.badArgument(2);
        }
    }

    String apply(Object value) {
        if (value instanceof Boolean flag) {
            String text = values.get(flag ? "BT" : "BF");
            return text == null ? Values.toText(value) : text;
        }
        if (Numbers.isNumber(value)) {
            return new NumberFormat(this).apply(value);
        }
        if (value instanceof BslDate date) {
            return new DateFormat(this).apply(date);
        }
        return Values.toText(value);
    }
}
