package dev.tramway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of {@code docs/parity.md} names something that exists, or says why there is nothing. */
class ParityTest {
    private static final Names NAMES = Names.load();
    private static final Pattern PLANNED =
            Pattern.compile("Planned: module (core|frames|onescript|cluster|server|benchmarks|examples|cli)\\b.*");
    private static final Pattern REFUSED = Pattern.compile("(Not sensible in Java|Not taken over): \\S+( \\S+){2,}");

    @Test
    void everyRowHolds() {
        assertThat(problems(Document.read("docs/parity.md"))).isEmpty();
    }

    @Test
    void allFiveDocumentsAreThere() {
        assertThat(Document.read("docs/parity.md").rows()).hasSizeGreaterThan(400);
    }

    @Test
    void wrongRowsAreFound() {
        assertThat(problemsOf("| a feature | `TcpServant` | |")).hasSize(1);
        assertThat(problemsOf("| a feature | `TcpServer#stopp`, `TcpServer#stop` | |"))
                .hasSize(1);
        assertThat(problemsOf("| a feature | `TcpServer#stop` | `NoSuchTest` |"))
                .hasSize(1);
        assertThat(problemsOf("| a feature | `TcpServer.stop()` | |")).hasSize(1);
        assertThat(problemsOf("| a feature | `tramway bake` | |")).hasSize(1);
        assertThat(problemsOf("| a feature | does it | |")).hasSize(1);
        assertThat(problemsOf("| a feature | | |")).hasSize(1);
        assertThat(problemsOf("| a feature | Planned: soon | |")).hasSize(1);
        assertThat(problemsOf("| a feature | Not sensible in Java: no | |")).hasSize(1);
        assertThat(problemsOf("| a feature | `TcpServer#stop` |")).hasSize(1);
        assertThat(problemsOf("| | `TcpServer#stop` | |")).hasSize(1);
    }

    @Test
    void rightRowsAreLetThrough() {
        assertThat(problemsOf("| `AnyName(they)` | `TcpServer#stop`, `tramway cert` | `NamesTest` |"))
                .isEmpty();
        assertThat(problemsOf("| a feature | Planned: module frames, `Frame` | |"))
                .isEmpty();
        assertThat(problemsOf("| a feature | Not sensible in Java: there is no such thing | `TcpServer#stop` |"))
                .isEmpty();
    }

    private static List<String> problemsOf(String row) {
        return problems(Document.of("some.md", "| Theirs | Ours | Remark |\n|---|---|---|\n" + row + "\n"));
    }

    private static List<String> problems(Document document) {
        List<String> problems = new ArrayList<>();
        for (Document.Row row : document.rows()) {
            problem(row).forEach(text -> problems.add(document.path() + ":" + row.line() + ": " + text));
        }
        return problems;
    }

    private static List<String> problem(Document.Row row) {
        if (row.cells().size() != 3 || row.cells().get(0).isEmpty()) {
            return List.of("not three cells, or the first is empty: " + row.cells());
        }
        String ours = row.cells().get(1);
        List<String> problems = new ArrayList<>(unknown(row.cells().get(2)));
        if (PLANNED.matcher(ours).matches() || REFUSED.matcher(ours).matches()) {
            return problems;
        }
        if (Document.codeIn(ours).isEmpty()) {
            problems.add("names nothing and gives no reason: " + ours);
        }
        problems.addAll(unknown(ours));
        return problems;
    }

    /** In this document every name must be one that can be looked up, and public. */
    private static List<String> unknown(String cell) {
        List<String> unknown = new ArrayList<>();
        for (String name : Document.codeIn(cell)) {
            if (!NAMES.understands(name)) {
                unknown.add("`" + name + "` is not written as Type#member, a command, a test or a file");
            }
            NAMES.problem(name, Names.Scope.PUBLIC).ifPresent(problem -> unknown.add("`" + name + "`: " + problem));
        }
        return unknown;
    }
}
