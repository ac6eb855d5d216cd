package dev.tramway.server.internal.simulate;

import dev.tramway.frames.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The single values of a message, by paths such as {@code records[0].speed}, and the message with another one. */
final class Leaves {
    private Leaves() {}

    /** All single values. */
    static Map<String, Object> of(Message message) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        message.values().forEach((name, value) -> collect(name, value, leaves));
        return leaves;
    }

    private static void collect(String path, Object value, Map<String, Object> leaves) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((name, inner) -> collect(path + "." + name, inner, leaves));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(path + "[" + i + "]", list.get(i), leaves);
                }
            }
            default -> leaves.put(path, value);
        }
    }

    /** The message with another value at a path that {@link #of} gave. */
    static Message with(Message message, String path, Object value) {
        int end = stepEnd(path, 0);
        String field = path.substring(0, end);
        if (end == path.length()) {
            return message.with(field, value);
        }
        Object old = message.values().get(field);
        return old == null ? message : message.with(field, replaced(old, path, end, value));
    }

    private static Object replaced(Object old, String path, int from, Object value) {
        if (from == path.length()) {
            return value;
        }
        if (path.charAt(from) == '[' && old instanceof List<?> list) {
            int close = path.indexOf(']', from);
            int index = Integer.parseInt(path.substring(from + 1, close));
            List<Object> copy = new ArrayList<>(list);
            copy.set(index, replaced(copy.get(index), path, close + 1, value));
            return copy;
        }
        int end = stepEnd(path, from + 1);
        String name = path.substring(from + 1, end);
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) old)
                .forEach((key, inner) ->
                        copy.put(String.valueOf(key), key.equals(name) ? replaced(inner, path, end, value) : inner));
        return copy;
    }

    private static int stepEnd(String path, int from) {
        int end = from;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }
}
