package dev.tramway.server.internal.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document. Works on the parser's events, of which the library makes one at a time and without recursion,
 * so that size, depth and number of parts stay within limits whatever the text is. Anchors and aliases are refused: they
 * would let a short text stand for a long one.
 */
public final class YamlReader {
    /** Longest text, in characters. */
    public static final int MAX_TEXT = 1 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_PARTS = 50_000;

    private final String file;
    private final Deque<Building> open = new ArrayDeque<>();
    private @Nullable Yaml root;
    private int parts;

    private YamlReader(String file) {
        this.file = file;
    }

    /**
     * Reads a text.
     *
     * @param file its name, for messages
     * @throws Flaw if it is not one YAML document within the limits
     */
    public static Yaml read(String file, String text) {
        return new YamlReader(file).document(text);
    }

    private Yaml document(String text) {
        Position start = new Position(file, 1, 1);
        if (text.length() > MAX_TEXT) {
            throw start.flaw(text.length() + " characters", "at most " + MAX_TEXT, "split it");
        }
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_TEXT)
                .build();
        try {
            new ParserImpl(settings, new StreamReader(settings, text)).forEachRemaining(this::take);
        } catch (MarkedYamlEngineException e) {
            throw position(e.getProblemMark()).flaw(problem(e), "YAML", "check indentation, quotes and brackets");
        } catch (YamlEngineException e) {
            throw start.flaw(String.valueOf(e.getMessage()), "YAML", "check indentation, quotes and brackets");
        }
        if (root == null) {
            throw start.flaw("an empty file", "a configuration", "begin with 'listeners:'");
        }
        return root;
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem();
        return problem == null ? "not YAML" : problem.replace('\n', ' ');
    }

    private void take(Event event) {
        Position at = position(event.getStartMark());
        if (event instanceof NodeEvent node
                && (event instanceof AliasEvent || node.getAnchor().isPresent())) {
            throw at.flaw("an anchor or alias", "none", "write it out");
        }
        switch (event.getEventId()) {
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                add(new Yaml.Scalar(at, scalar.getValue()));
            }
            case MappingStart, SequenceStart -> open(new Building(at, event.getEventId() == Event.ID.MappingStart));
            case MappingEnd, SequenceEnd -> add(open.removeLast().build());
            default -> {
                // Begin and end of the stream and of its documents.
            }
        }
    }

    private void open(Building building) {
        if (open.size() == MAX_DEPTH) {
            throw building.at.flaw("nesting deeper than " + MAX_DEPTH, "less", "nest less");
        }
        open.addLast(building);
    }

    private void add(Yaml part) {
        if (++parts > MAX_PARTS) {
            throw part.at().flaw("more than " + MAX_PARTS + " values", "fewer", "split it");
        }
        Building parent = open.peekLast();
        if (parent != null) {
            parent.add(part);
        } else if (root == null) {
            root = part;
        } else {
            throw part.at().flaw("a second document", "one document in a file", "put it into a file of its own");
        }
    }

    private Position position(Optional<Mark> mark) {
        return mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }

    /** A mapping or list whose end has not come yet. */
    private static final class Building {
        private final Position at;
        private final boolean mapping;
        private final List<Yaml> items = new ArrayList<>();
        private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        private Yaml.@Nullable Scalar key;

        Building(Position at, boolean mapping) {
            this.at = at;
            this.mapping = mapping;
        }

        void add(Yaml part) {
            if (!mapping) {
                items.add(part);
            } else if (key == null) {
                key = key(part);
            } else {
                entries.put(key.text(), new Yaml.Entry(key, part));
                key = null;
            }
        }

        private Yaml.Scalar key(Yaml part) {
            if (!(part instanceof Yaml.Scalar scalar)) {
                throw part.at().flaw(part.kind() + " as a key", "a name", "write 'name: value'");
            }
            if (entries.containsKey(scalar.text())) {
                throw scalar.at()
                        .flaw("'" + scalar.text() + "' again", "each key once", "remove or rename one of them");
            }
            return scalar;
        }

        Yaml build() {
            return mapping
                    ? new Yaml.Mapping(at, Collections.unmodifiableMap(entries))
                    : new Yaml.Sequence(at, List.copyOf(items));
        }
    }
}
