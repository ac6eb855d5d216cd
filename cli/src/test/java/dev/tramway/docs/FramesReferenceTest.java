package dev.tramway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.DefinitionException;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.internal.check.Checks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference of the frame language against the language itself: for each place of a definition a wrong word is written
 * there, and what the error lists as right is compared with what the reference lists.
 */
class FramesReferenceTest {
    private static final Document REFERENCE = Document.read("docs/frames-reference.md");

    /** A definition with a place for whatever is tried; {@code %s} is replaced. */
    private static final String ROOT = """
            fdl: 1
            protocol: x
            limits: { frame: 9 }
            framing: { fixed: 1 }
            messages: { m: { fields: [ { v: u8 } ] } }
            %s
            """;

    private static final String FRAMING = """
            fdl: 1
            protocol: x
            limits: { frame: 9 }
            framing: %s
            messages: { m: { fields: [ { v: u8 } ] } }
            """;

    private static final String MESSAGE = """
            fdl: 1
            protocol: x
            limits: { frame: 9 }
            framing: { fixed: 1 }
            messages: { m: %s }
            """;

    private static final String FIELD = """
            fdl: 1
            protocol: x
            limits: { frame: 9 }
            framing: { fixed: 1 }
            messages: { m: { fields: [ { v: %s } ] } }
            """;

    /** Each kind of mapping that a definition may hold, with a key that none of them knows. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            The file              ; ROOT    ; nosuch: 1
            The file              ; ROOT    ; headers: { h: { nosuch: 1 } }
            Framing               ; FRAMING ; { fixed: 1, nosuch: 1 }
            Framing               ; FRAMING ; { length: { type: u8, nosuch: 1 } }
            Framing               ; FRAMING ; { size: { is: 1, nosuch: 1 } }
            Framing               ; FRAMING ; { end: 00, nosuch: 1 }
            Framing               ; FRAMING ; { preset: dle-stx-etx, nosuch: 1 }
            Framing               ; FRAMING ; { up: { fixed: 1 }, down: { fixed: 1 }, nosuch: 1 }
            Fields                ; FIELD   ; { type: u8, nosuch: 1 }
            Fields                ; FIELD   ; { bits: [ { b: u8 } ], nosuch: 1 }
            Fields                ; FIELD   ; { fields: [ { b: u8 } ], nosuch: 1 }
            Fields                ; FIELD   ; { switch: 1, cases: { 1: [ ] }, nosuch: 1 }
            Fields                ; FIELD   ; { repeat: 1, of: u8, nosuch: 1 }
            Fields                ; FIELD   ; { repeat: { until: 1 == 1, nosuch: 1 }, of: u8 }
            Fields                ; FIELD   ; { value: 1, nosuch: 1 }
            Checks                ; FIELD   ; { type: u8, check: { poly: 7, nosuch: 1 }, over: v }
            Messages              ; MESSAGE ; { nosuch: 1 }
            Messages              ; MESSAGE ; { fields: [ { v: u8 } ], readings: [ { name: a, value: v, nosuch: 1 } ] }
            Commands and answers  ; ROOT    ; commands: { c: { message: m, nosuch: 1 } }
            Commands and answers  ; ROOT    ; commands: { c: { message: m, args: { v: { nosuch: 1 } } } }
            Commands and answers  ; ROOT    ; commands: { c: { message: m, reply: { message: m, nosuch: 1 } } }
            Commands and answers  ; ROOT    ; ack: [ { on: m, send: m, nosuch: 1 } ]
            Tests                 ; ROOT    ; tests: [ { hex: 00, nosuch: 1 } ]
            """)
    void everyKeyIsInItsTable(String heading, String template, String content) {
        Set<String> keys = new LinkedHashSet<>(expected(definition(template, content), "unknown key 'nosuch'"));
        keys.remove("doc");
        String tables = String.join(
                "\n",
                REFERENCE.section(heading).rows().stream()
                        .map(row -> String.join(" ", row.cells()))
                        .toList());
        String text = heading.equals("Checks")
                ? String.join("\n", REFERENCE.section(heading).lines())
                : tables;
        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(text)
                        .as("key %s under %s", key, heading)
                        .containsPattern("(?<![\\w-])" + Pattern.quote(key) + "(?![\\w-])"));
    }

    /** The other way round: what stands in the first column of a table of keys is a key. */
    @Test
    void everyKeyInATableIsAKey() {
        assertKeys("The file", keysAt("ROOT", "nosuch: 1"));
        Set<String> framing = keysAt("FRAMING", "{ end: 00, nosuch: 1 }");
        framing.addAll(keysAt("FRAMING", "{ preset: dle-stx-etx, nosuch: 1 }"));
        framing.addAll(keysAt("FRAMING", "{ up: { fixed: 1 }, down: { fixed: 1 }, nosuch: 1 }"));
        assertKeys("Framing", framing);
        Set<String> fields = keysAt("FIELD", "{ type: u8, nosuch: 1 }");
        assertThat(firstWords("Fields").stream().filter(word -> word.matches("const|default|computed|valid|pad|zone")))
                .hasSize(6)
                .isSubsetOf(fields);
        Set<String> messages = keysAt("MESSAGE", "{ nosuch: 1 }");
        assertKeys("Messages", messages);
        Set<String> commands = keysAt("ROOT", "commands: { c: { message: m, nosuch: 1 } }");
        commands.addAll(keysAt("ROOT", "ack: [ { on: m, send: m, nosuch: 1 } ]"));
        assertKeys("Commands and answers", commands);
        assertKeys("Tests", keysAt("ROOT", "tests: [ { hex: 00, nosuch: 1 } ]"));
    }

    private static void assertKeys(String heading, Set<String> known) {
        assertThat(firstWords(heading))
                .as("keys under %s", heading)
                .isNotEmpty()
                .isSubsetOf(known);
    }

    private static List<String> firstWords(String heading) {
        return REFERENCE.section(heading).rows().stream()
                .flatMap(row -> Stream.of(row.cells().get(0).split(", | or ")))
                .toList();
    }

    @Test
    void theReferenceListsAllTypes() {
        Set<String> types = new LinkedHashSet<>(expected(definition("FIELD", "nosuch"), "type"));
        Set<String> listed = new LinkedHashSet<>();
        Pattern name = Pattern.compile("(?:^|, )([a-z][a-z0-9-]*(?:\\.\\.[a-z]\\d+)?)");
        REFERENCE.section("Fields").rows().stream()
                .map(row -> row.cells().get(0))
                .filter(cell -> cell.matches("(u1\\.\\.|f32|bool|bcd\\(|text\\(|bytes\\(|ascii-|letters|time\\().*"))
                .forEach(cell -> name.matcher(cell.replaceAll("\\([^)]*\\)", ""))
                        .results()
                        .forEach(match -> listed.add(match.group(1))));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void theReferenceListsAllTimes() {
        List<String> times = expected(definition("FIELD", "time(nosuch)"), "type");
        Set<String> listed = new LinkedHashSet<>();
        REFERENCE
                .section("Fields")
                .rows()
                .forEach(row -> Pattern.compile("time\\(([a-z0-9-]+)")
                        .matcher(row.cells().get(0))
                        .results()
                        .forEach(match -> listed.add(match.group(1))));
        assertThat(listed).hasSameElementsAs(times);
    }

    @Test
    void theReferenceListsAllPresets() {
        List<String> presets = expected(definition("FRAMING", "{ preset: nosuch }"), "preset");
        String row = REFERENCE.section("Framing").rows().stream()
                .filter(each -> each.cells().get(0).equals("preset"))
                .findFirst()
                .orElseThrow()
                .cells()
                .get(1);
        assertThat(presets).hasSize(7).allSatisfy(preset -> {
            assertThat(row).contains(preset);
            assertThat(problem(definition("FRAMING", "{ preset: " + preset + " }"), "preset"))
                    .isEmpty();
        });
    }

    @Test
    void theReferenceListsAllChecks() {
        List<String> checks = REFERENCE.blocks().stream()
                .filter(block -> block.language().equals("text"))
                .flatMap(block -> Stream.of(block.text().strip().split("\\s+")))
                .toList();
        assertThat(checks).containsExactlyInAnyOrderElementsOf(Checks.names());
    }

    @Test
    void theReferenceListsAllFunctions() {
        assertThat(firstWords("Expressions"))
                .containsExactlyInAnyOrderElementsOf(
                        expected(definition("FIELD", "{ value: \"nosuch(1)\" }"), "unknown function"));
    }

    private static Set<String> keysAt(String template, String content) {
        return new LinkedHashSet<>(expected(definition(template, content), "unknown key 'nosuch'"));
    }

    private static String definition(String template, String content) {
        String around = switch (template) {
            case "ROOT" -> ROOT;
            case "FRAMING" -> FRAMING;
            case "MESSAGE" -> MESSAGE;
            case "FIELD" -> FIELD;
            default -> throw new IllegalArgumentException(template);
        };
        return around.formatted(content);
    }

    /** What the error says should be there, word by word. */
    private static List<String> expected(String definition, String wrong) {
        Optional<String> problem = problem(definition, wrong);
        assertThat(problem).as("%s in%n%s", wrong, definition).isPresent();
        String expected = problem.orElseThrow();
        return List.of(expected.replaceFirst("^one of ", "")
                .replaceFirst(" in brackets;.*", "")
                .split(", | or "));
    }

    /** What is expected instead of something wrong; empty if the definition has no such problem. */
    private static Optional<String> problem(String definition, String wrong) {
        try {
            Protocol.parse("x.yaml", definition);
            return Optional.empty();
        } catch (DefinitionException e) {
            return e.problems().stream()
                    .filter(problem -> problem.toString().contains(wrong))
                    .map(problem -> problem.expected())
                    .findFirst();
        }
    }
}
