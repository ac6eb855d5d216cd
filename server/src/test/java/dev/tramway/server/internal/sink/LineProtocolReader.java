package dev.tramway.server.internal.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads line protocol by the letter of its published grammar, and throws at whatever it does not allow. */
final class LineProtocolReader {
    /** Fields: Double, Boolean or String. */
    record Point(String measurement, Map<String, String> tags, Map<String, Object> fields, long time) {}

    private final String text;
    private int at;

    private LineProtocolReader(String text) {
        this.text = text;
    }

    static List<Point> read(String text) {
        var reader = new LineProtocolReader(text);
        var points = new ArrayList<Point>();
        while (reader.at < text.length()) {
            points.add(reader.point());
        }
        return points;
    }

    private Point point() {
        if (peek() == '#') {
            throw wrong("a comment");
        }
        String measurement = name(", ");
        var tags = new LinkedHashMap<String, String>();
        while (peek() == ',') {
            at++;
            String key = name("=,  ");
            expect('=');
            if (tags.put(key, name(", =")) != null) {
                throw wrong("a tag twice");
            }
        }
        expect(' ');
        var fields = new LinkedHashMap<String, Object>();
        do {
            String key = name("=, ");
            expect('=');
            if (fields.put(key, value()) != null) {
                throw wrong("a field twice");
            }
        } while (skipped(','));
        expect(' ');
        long time = Long.parseLong(upTo("\n"));
        expect('\n');
        return new Point(measurement, tags, fields, time);
    }

    /** A name up to one of some characters; a backslash takes away the meaning of a comma, an equals sign and a space. */
    private String name(String ends) {
        var name = new StringBuilder();
        while (ends.indexOf(peek()) < 0) {
            char c = next();
            if (c < ' ') {
                throw wrong("a control character");
            }
            if (c == '\\' && ",= ".indexOf(peek()) >= 0) {
                c = next();
            }
            name.append(c);
        }
        if (name.isEmpty()) {
            throw wrong("no name");
        }
        return name.toString();
    }

    private Object value() {
        if (peek() == '"') {
            return string();
        }
        String value = upTo(", ");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                if (!value.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
                    throw wrong("the value " + value);
                }
                yield Double.valueOf(value);
            }
        };
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            char c = next();
            if (c == '\\' && (peek() == '"' || peek() == '\\')) {
                c = next();
            }
            string.append(c);
        }
        expect('"');
        return string.toString();
    }

    private String upTo(String ends) {
        int start = at;
        while (ends.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skipped(char c) {
        boolean there = peek() == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char c) {
        if (next() != c) {
            throw wrong("not " + c);
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the end");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at " + at + " of " + text);
    }
}
