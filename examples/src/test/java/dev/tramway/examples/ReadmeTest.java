package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java that README.md shows is a part of the compiled files in {@code readme}, but for its indentation. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/tramway/examples/readme");
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void everyJavaBlockIsCompiled() throws IOException {
        assumeTrue(Files.exists(README));
        List<String> sources = sources();
        List<String> blocks = blocks(Files.readString(README));
        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(sources)
                        .as("files of %s with this block:%n%s", SOURCES, block)
                        .anyMatch(source -> source.contains(flat(block))));
    }

    @Test
    void aBlockThatDiffersIsNoticed() throws IOException {
        String source = sources().get(0);
        String block = source.lines().limit(3).collect(Collectors.joining("\n"));
        assertThat(blocks("# Title\n\n```java\n" + block + "\n```\n\ntext\n")).containsExactly(block + "\n");
        assertThat(source).contains(flat("    " + block.replace("\n", "\n    ")));
        assertThat(source).doesNotContain(flat(block + "x"));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().map(ReadmeTest::read).map(ReadmeTest::flat).toList();
        }
    }

    private static List<String> blocks(String markdown) {
        return BLOCK.matcher(markdown.replace("\r\n", "\n"))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The same text with each line moved to the left, and without empty lines. */
    private static String flat(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
