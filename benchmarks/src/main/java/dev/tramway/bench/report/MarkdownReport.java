package dev.tramway.bench.report;

import dev.tramway.bench.report.Result.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The report for people: the targets, then a table for each scenario with medians, spread, the headline's ratio to each
 * baseline that took part, and which process was at its limit; then the figures that the founding documents published.
 */
public final class MarkdownReport implements Report {
    /** The headline of each contender is divided by theirs. */
    private static final List<String> BASELINES = List.of("netty-epoll", "asio", "raw-c");

    private static final double SHOWN_SPREAD = 0.005;

    @Override
    public void write(Comparison comparison, Path directory) throws IOException {
        try (var out = new PrintWriter(Files.newBufferedWriter(directory.resolve("report.md")))) {
            write(comparison, out);
        }
    }

    private static void write(Comparison comparison, PrintWriter out) {
        out.println("# Tramway beside its peers");
        out.println();
        comparison.environment().forEach(fact -> out.println("* " + fact));
        verdicts(comparison, out);
        out.println();
        PlotReport.files(comparison).forEach(file -> out.printf("![%s](%s.png)%n", file, file));
        comparison.results().forEach(result -> write(result, out));
        out.printf("%n## Peers%n%n");
        comparison.peers().forEach((name, description) -> out.println("* **" + name + "**: " + description));
        out.println();
        out.println(published());
    }

    /** The table of the targets: our figure beside each peer's, and which process was at its limit in our row. */
    public static void verdicts(Comparison comparison, PrintWriter out) {
        out.printf("%n## Targets%n%n");
        var names = List.copyOf(comparison.peers().keySet());
        var header = new ArrayList<>(List.of("target", "promise"));
        header.addAll(names);
        header.addAll(List.of("found", "verdict", "at its limit"));
        row(out, header);
        row(out, header.stream().map(name -> "---").toList());
        for (var verdict : comparison.verdicts()) {
            var cells = new ArrayList<>(
                    List.of(verdict.goal().target(), verdict.goal().text()));
            names.forEach(name -> cells.add(verdict.figures().getOrDefault(name, "")));
            cells.addAll(List.of(verdict.figure(), verdict.verdict(), verdict.limit()));
            row(out, cells);
        }
        out.flush();
    }

    /** Writes one table. */
    static void write(Result result, PrintWriter out) {
        out.printf("%n### %s%n%n", result.title());
        if (!result.outcomes().isEmpty()) {
            table(result, out);
            out.println();
        }
        result.notes().forEach(note -> out.println("* " + note));
        result.absent()
                .forEach(
                        (name, why) -> out.println("* not measured: " + (name.equals("all") ? "" : name + ", ") + why));
        out.flush();
    }

    private static void table(Result result, PrintWriter out) {
        var header = new ArrayList<>(List.of("peer"));
        header.addAll(result.outcomes().get(0).samples().keySet());
        var present =
                BASELINES.stream().filter(name -> result.of(name).isPresent()).toList();
        present.forEach(name -> header.add("x " + name));
        header.add("at its limit");
        row(out, header);
        row(
                out,
                header.stream()
                        .map(column -> column.equals("peer") ? "---" : "---:")
                        .toList());
        for (var outcome : result.outcomes()) {
            row(out, cells(result, outcome, present));
        }
    }

    private static List<String> cells(Result result, Outcome outcome, List<String> present) {
        var cells = new ArrayList<>(List.of(outcome.contender()));
        outcome.samples().values().forEach(sample -> cells.add(cell(sample)));
        for (var name : present) {
            double base = headline(result, result.of(name).orElseThrow());
            cells.add(base == 0 ? "-" : Numbers.threeDigits(headline(result, outcome) / base));
        }
        cells.add(outcome.limit());
        return cells;
    }

    private static double headline(Result result, Outcome outcome) {
        return outcome.sample(result.headline()).median();
    }

    private static String cell(Sample sample) {
        var median = Numbers.threeDigits(sample.median());
        if (sample.spread() < SHOWN_SPREAD) {
            return median;
        }
        return sample.spread() <= 1
                ? String.format(Locale.ROOT, "%s ±%.0f %%", median, 100 * sample.spread())
                : median + " (" + Numbers.threeDigits(sample.least()) + " to " + Numbers.threeDigits(sample.most())
                        + ")";
    }

    private static void row(PrintWriter out, List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String published() {
        try (InputStream text = Optional.ofNullable(
                        MarkdownReport.class.getResourceAsStream("/dev/tramway/bench/published.md"))
                .orElseThrow()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
