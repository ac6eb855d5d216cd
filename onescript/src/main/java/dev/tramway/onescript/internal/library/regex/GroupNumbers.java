package dev.tramway.onescript.internal.library.regex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of the Java pattern a group of the .NET pattern is made of. There, groups without a name are counted first and
 * those with one after them, and groups that share a name are one.
 */
final class GroupNumbers {
    private final Map<Integer, List<Integer>> numbered = new TreeMap<>();
    private final Map<String, List<Integer>> named = new LinkedHashMap<>();
    private int unnamed;
    private int java;

    /** Adds a group in the order of opening brackets; null where it has no name. */
    void add(@Nullable String name) {
        java++;
        if (name == null) {
            numbered.computeIfAbsent(++unnamed, number -> new ArrayList<>()).add(java);
        } else if (Character.isDigit(name.charAt(0))) {
            numbered.computeIfAbsent(Integer.parseInt(name), number -> new ArrayList<>())
                    .add(java);
        } else {
            named.computeIfAbsent(name, unused -> new ArrayList<>()).add(java);
        }
    }

    /** Returns the Java groups behind a name or number; null where there is none. */
    @Nullable
    List<Integer> find(String name) {
        List<Integer> found = named.get(name);
        if (found != null
                || name.isEmpty()
                || name.length() > 4
                || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return found;
        }
        return find(Integer.parseInt(name));
    }

    /** Returns the Java groups behind a number, which named groups have too; null where there is none. */
    @Nullable
    List<Integer> find(int number) {
        return all().get(number);
    }

    private Map<Integer, List<Integer>> all() {
        Map<Integer, List<Integer>> all = new TreeMap<>(numbered);
        int next = 1;
        for (List<Integer> groups : named.values()) {
            while (all.containsKey(next)) {
                next++;
            }
            all.put(next, groups);
        }
        return all;
    }

    /** Returns the groups of the .NET pattern in order, the whole match first. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        groups.add(new Group("0", List.of(0)));
        Map<List<Integer>, String> names = new LinkedHashMap<>();
        named.forEach((name, of) -> names.put(of, name));
        all().forEach((number, of) ->
                groups.add(new Group(names.getOrDefault(of, number.toString()), List.copyOf(of))));
        return List.copyOf(groups);
    }

    /**
     * A group of the .NET pattern.
     *
     * @param name its name, or its number
     * @param java the groups of the Java pattern, of which the last one that took part counts
     */
    record Group(String name, List<Integer> java) {}
}
