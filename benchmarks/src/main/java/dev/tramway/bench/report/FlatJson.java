package dev.tramway.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One JSON object of numbers and plain text on one line, as the programs of a measurement exchange it. */
public final class FlatJson {
    private static final Pattern OBJECT = Pattern.compile("\\s*\\{.*}\\s*");
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([-+.0-9eE]+))");

    private final Map<String, String> members = new LinkedHashMap<>();

    /** Reads a line. */
    public static FlatJson parse(String line) {
        if (!OBJECT.matcher(line).matches()) {
            throw new IllegalArgumentException("not a JSON object: " + line);
        }
        var json = new FlatJson();
        MEMBER.matcher(line)
                .results()
                .forEach(member -> json.members.put(
                        member.group(1), Optional.ofNullable(member.group(2)).orElseGet(() -> member.group(3))));
        return json;
    }

    /** Adds a number. */
    public FlatJson put(String name, double value) {
        members.put(name, Double.toString(value));
        return this;
    }

    /** Adds a whole number. */
    public FlatJson put(String name, long value) {
        members.put(name, Long.toString(value));
        return this;
    }

    /** A number that must be there. */
    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    /** A whole number that must be there. */
    public long integer(String name) {
        return Long.parseLong(text(name));
    }

    /** A whole number that may be there. */
    public OptionalLong optionalInteger(String name) {
        return members.containsKey(name) ? OptionalLong.of(integer(name)) : OptionalLong.empty();
    }

    private String text(String name) {
        return Optional.ofNullable(members.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no member " + name + " in " + members));
    }

    /** The numbers in order of addition. */
    @Override
    public String toString() {
        return members.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
