package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> received = new ArrayList<>();

    @Test
    void helpListsEachToolWithItsDescription() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: tramway")
                .containsPattern("echo +Repeats what it is told")
                .containsPattern("fail +Never works");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionNamesTheProgram() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("tramway ");
    }

    @Test
    void toolGetsItsArgumentsUntouched() {
        assertThat(run("echo", "--", "--help", "-V", "@file", "", "a b", "echo"))
                .isZero();
        assertThat(received).containsExactly("--", "--help", "-V", "@file", "", "a b", "echo");
    }

    @Test
    void exitCodeOfTheToolIsHandedOn() {
        assertThat(run("fail")).isEqualTo(42);
        assertThat(err.toString()).contains("as promised");
    }

    @Test
    void failingToolIsFailure() {
        assertThat(run("throw")).isEqualTo(1);
        assertThat(err.toString()).contains("no luck");
    }

    @Test
    void unknownCommandIsWrongUsageWithASuggestion() {
        assertThat(run("ecko")).isEqualTo(2);
        assertThat(err.toString()).contains("'ecko'").contains("Did you mean: tramway echo");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: tramway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "-x"})
    void unknownOptionIsWrongUsage(String option) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(err.toString()).contains(option);
    }

    private int run(String... args) {
        List<ToolProvider> tools = List.of(
                new FakeTool("echo", "Repeats what it is told", (o, e, a) -> {
                    received.addAll(List.of(a));
                    return 0;
                }),
                new FakeTool("fail", "Never works", (o, e, a) -> {
                    e.println("as promised");
                    return 42;
                }),
                new FakeTool("throw", "Gives up", (o, e, a) -> {
                    throw new IllegalStateException("no luck");
                }));
        return Main.run(tools, new PrintWriter(out), new PrintWriter(err), args);
    }

    private interface Body {
        int run(PrintWriter out, PrintWriter err, String... args);
    }

    private record FakeTool(String name, String about, Body body) implements ToolProvider {

        @Override
        public Optional<String> description() {
            return Optional.of(about);
        }

        @Override
        public int run(PrintWriter out, PrintWriter err, String... args) {
            return body.run(out, err, args);
        }
    }
}
