package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds values by paths such as {@code records[0].id}. */
final class Paths {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,6})\\]");

    private Paths() {}

    static Optional<Object> find(Message message, String path) {
        if (path.indexOf('.') < 0 && path.indexOf('[') < 0) {
            return Optional.ofNullable(named(message, path)); // as nearly all are
        }
        Object value = message;
        Matcher step = STEP.matcher(path);
        int at = 0;
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at || value == null) {
                return Optional.empty();
            }
            value = step.group(1) != null ? named(value, step.group(1)) : indexed(value, step.group(2));
            at = step.end();
        }
        return Optional.ofNullable(value);
    }

    private static @Nullable Object named(Object value, String name) {
        return switch (value) {
            case Message message ->
                name.equals("message") ? message.name() : message.values().get(name);
            case Map<?, ?> map -> map.get(name);
            default -> null;
        };
    }

    private static @Nullable Object indexed(Object value, String digits) {
        int index = Integer.parseInt(digits);
        return value instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }
}
