package dev.tramway.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file, as far as the tests need to understand it.
 *
 * @param path relative to the root of the repository
 * @param lines all of it
 */
record Document(Path path, List<String> lines) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern RULE = Pattern.compile("\\|[\\s|:-]+\\|");

    /**
     * A row of a table, without its heads.
     *
     * @param line number of the line, from 1
     * @param cells from left to right
     */
    record Row(int line, List<String> cells) {}

    /**
     * Some text and where it stands.
     *
     * @param line number of the line, from 1
     * @param text without its marks
     */
    record Span(int line, String text) {}

    /**
     * A fenced block.
     *
     * @param line number of the line that opens it, from 1
     * @param language what stands behind the fence
     * @param text with line ends
     */
    record Block(int line, String language, String text) {}

    static Document read(String path) {
        return of(path, Repository.read(Repository.root().resolve(path)));
    }

    static Document of(String path, String text) {
        return new Document(Path.of(path), List.of(text.split("\n", -1)));
    }

    /**
     * What stands below a heading of the second level.
     *
     * @throws IllegalArgumentException if there is no such heading
     */
    Document section(String heading) {
        int from = lines.indexOf("## " + heading);
        if (from < 0) {
            throw new IllegalArgumentException(path + " has no heading " + heading);
        }
        int to = from + 1;
        while (to < lines.size() && !lines.get(to).startsWith("## ")) {
            to++;
        }
        return new Document(path, lines.subList(from, to));
    }

    /** The rows of all tables. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean head = i + 1 < lines.size()
                    && RULE.matcher(lines.get(i + 1).strip()).matches();
            if (line.startsWith("|") && !head && !RULE.matcher(line).matches()) {
                rows.add(new Row(i + 1, cells(line)));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.length() - (line.endsWith("|") ? 1 : 0));
        return Stream.of(inner.split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }

    /** What is set as code in running text and tables. */
    List<Span> code() {
        return find(CODE);
    }

    /** Where its links lead. */
    List<Span> links() {
        return find(LINK);
    }

    private List<Span> find(Pattern pattern) {
        List<Span> found = new ArrayList<>();
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced) {
                int number = i + 1;
                pattern.matcher(line).results().forEach(match -> found.add(new Span(number, match.group(1))));
            }
        }
        return found;
    }

    /** The fenced blocks. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int opened = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            if (opened < 0) {
                opened = i;
            } else {
                String text = String.join("\n", lines.subList(opened + 1, i)) + "\n";
                blocks.add(new Block(opened + 1, lines.get(opened).substring(3), text));
                opened = -1;
            }
        }
        return blocks;
    }

    /** What is set as code in a piece of text. */
    static List<String> codeIn(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
