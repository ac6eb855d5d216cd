package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a definition is said with file, line, column, expectation and remedy. */
class DefinitionErrorsTest {
    private static final String SOUND = """
            fdl: 1
            protocol: probe
            limits: { frame: 64 }
            framing: { length: { at: 0, type: u8, adds: 1 } }
            header:
              - len: { type: u8, computed: "size(frame) - 1" }
              - kind: u8
            messages:
              one:
                match: { kind: 1 }
                fields:
                  - value: u16
            """;

    @Test
    void theSoundOneLoads() {
        Protocol protocol = Protocol.parse("probe.yaml", SOUND);
        assertThat(protocol.encode(protocol.message("one", java.util.Map.of("value", 258))))
                .containsExactly(3, 1, 1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "value: u16                | value: u65                      | 12:16 | 1 to 64 bits",
                "value: u16                | value: bcd                      | 12:16 | bcd(DIGITS)",
                "value: u16                | value: { typ: u16 }             | 12:16 | a field without type",
                "value: u16                | value: { type: u16, scal: 2 }   | 12:29 | did you mean 'scale'?",
                "value: u16                | value: { type: u16, when: kindd == 1 } | 12:35 | unknown name 'kindd'",
                "value: u16                | value: { type: u16, when: kind + 1 }   | 12:35 | true or false",
                "value: u16                | value: { type: u16, when: kind == } | 12:42 | a value",
                "value: u16                | value: { type: u16, check: crc99, over: len } | 12:36 | check 'crc99'",
                "value: u16                | value: { type: text, computed: kind } | 12:40 | a fixed size",
                "value: u16                | value: { repeat: 2 }            | 12:16 | no 'of'",
                "value: u16                | kind: u8                        | 9:3   | in message and header",
                "value: u16                | value: { type: u16, const: x }  | 12:36 | a whole number",
                "kind: u8                  | kind: { type: u8, enum: { a: b } } | 7:31 | a whole number",
                "match: { kind: 1 }        | match: { knid: 1 }              | 10:14 | unknown header field 'knid'",
                "match: { kind: 1 }        | match: { kind: 300 }            | 10:20 | a value of the field",
                "type: u8, adds            | type: u7, adds                  | 4:35  | whole bytes",
                "at: 0,                    | at: 0, aat: 1,                  | 4:29  | unknown key 'aat'",
                "{ frame: 64 }             | { frame: 0 }                    | 3:18  | frame from 1",
                "fdl: 1                    | fdl: 2                          | 1:6   | version 1",
                "protocol: probe           | protokoll: probe                | 1:1   | no 'protocol'",
                "size(frame) - 1           | size(frme) - 1                  | 6:38  | unknown name 'frme'",
                "size(frame) - 1           | frame - 1                       | 6:33  | a group or list",
                "size(frame) - 1           | kind / 'a'                      | 6:38  | a number",
                "framing: { length         | framing: { lenght               | 4:10  | no way to find the end",
                "header:                   | header: &x                      | 5:9   | an anchor or alias",
                "- kind: u8                | - kind: [ u8                    | 8:9   | YAML"
            })
    void aMistakeIsNamedWithItsPlace(String from, String to, String place, String said) {
        String wrong = SOUND.replace(from.strip(), to.strip());
        assertThat(wrong).isNotEqualTo(SOUND);
        DefinitionException e =
                catchThrowableOfType(DefinitionException.class, () -> Protocol.parse("probe.yaml", wrong));
        assertThat(e.getMessage()).contains("probe.yaml:" + place.strip() + ":").contains(said.strip());
        assertThat(e.problems()).allSatisfy(problem -> {
            assertThat(problem.expected()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        String wrong = SOUND.replace("value: u16", "value: u65").replace("kind: u8", "kind: bdc(2)");
        DefinitionException e =
                catchThrowableOfType(DefinitionException.class, () -> Protocol.parse("probe.yaml", wrong));
        assertThat(e.problems()).extracting(DefinitionProblem::line).isEqualTo(List.of(7, 12));
    }

    @Test
    void structuresThatContainThemselvesEnd() {
        String wrong = SOUND + """
            structures:
              a: [ { x: { repeat: 2, of: a } }, { y: { repeat: 2, of: a } }, { z: { fields: a } } ]
              two: [ { v: { repeat: 1, of: a } } ]
            """;
        DefinitionException e = catchThrowableOfType(
                DefinitionException.class,
                () -> Protocol.parse("probe.yaml", wrong.replace("value: u16", "value: { repeat: 1, of: a }")));
        assertThat(e.getMessage()).contains("deeper");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "x: " + "[".repeat(5000);
        DefinitionException e =
                catchThrowableOfType(DefinitionException.class, () -> Protocol.parse("deep.yaml", deep));
        assertThat(e.getMessage()).contains("nesting deeper");
    }
}
