package dev.tramway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types, members, commands, tests and files that the documents name exist, and their links lead somewhere. */
class DocumentsTest {
    private static final Names NAMES = Names.load();

    /** Names the members of others too; {@link ParityTest} looks at the rest. */
    private static final Path PARITY = Path.of("docs", "parity.md");

    /** Names words of the script language, which its engine declares as texts. */
    private static final Path ONESCRIPT = Path.of("docs", "onescript.md");

    private static final String ENGINE = Repository.files("onescript/src/main/java", ".java").stream()
            .map(Repository::read)
            .collect(Collectors.joining())
            .toLowerCase(Locale.ROOT);

    @Test
    void namesAndLinksAreTrue() {
        List<String> problems = new ArrayList<>();
        documents().forEach(document -> problems.addAll(problems(document)));
        assertThat(problems).isEmpty();
    }

    @Test
    void wrongNamesAndLinksAreFound() {
        assertThat(problems(Document.of("docs/some.md", "See `TcpSession#dance`.\n")))
                .hasSize(1);
        assertThat(problems(Document.of("docs/some.md", "Run `./tramway dance`.\n")))
                .hasSize(1);
        assertThat(problems(Document.of("docs/some.md", "```sh\n./tramway dance\n```\n")))
                .hasSize(1);
        assertThat(problems(Document.of("docs/some.md", "See [there](nowhere.md).\n")))
                .hasSize(1);
        assertThat(problems(Document.of("docs/onescript.md", "See `DoEvnts` and `DoEvents`.\n")))
                .hasSize(1);
        assertThat(problems(Document.of("docs/some.md", "See [there](../CHANGELOG.md) and `TcpSession#drain`.\n")))
                .isEmpty();
    }

    private static Stream<Document> documents() {
        Stream<Path> top = Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
                .map(Path::of);
        Stream<Path> below = Repository.files("docs", ".md").stream()
                .map(file -> Repository.root().relativize(file));
        return Stream.concat(top, below).map(path -> Document.read(path.toString()));
    }

    private static List<String> problems(Document document) {
        List<String> problems = new ArrayList<>();
        Stream.concat(document.code().stream(), commands(document))
                .filter(name -> !document.path().equals(PARITY))
                .filter(name -> !(document.path().equals(ONESCRIPT) && isWordOfScripts(name.text())))
                .forEach(name -> NAMES.problem(name.text(), Names.Scope.ALL)
                        .ifPresent(problem -> problems.add(at(document, name) + problem)));
        document.links().stream()
                .filter(link -> !leads(document, link.text()))
                .forEach(link -> problems.add(at(document, link) + "the link leads nowhere"));
        return problems;
    }

    private static boolean isWordOfScripts(String name) {
        String word = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENGINE.contains('"' + word + '"');
    }

    private static String at(Document document, Document.Span span) {
        return document.path() + ":" + span.line() + ": " + span.text() + ": ";
    }

    /** Lines of shell blocks that run the command, without what follows a comment sign. */
    private static Stream<Document.Span> commands(Document document) {
        return document.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.text()
                        .lines()
                        .filter(line -> line.startsWith("./tramway"))
                        .map(line -> new Document.Span(block.line(), line.replaceFirst("\\s+[#&].*", ""))));
    }

    private static boolean leads(Document document, String link) {
        if (link.contains("://") || link.startsWith("#")) {
            return true;
        }
        Path place = Repository.root().resolve(document.path()).resolveSibling(link.replaceFirst("#.*", ""));
        return Files.exists(place);
    }
}
