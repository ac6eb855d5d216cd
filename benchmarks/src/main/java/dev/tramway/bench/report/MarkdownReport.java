package dev.tramway.bench.report;

import dev.tramway.bench.report.Result.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes results as Markdown tables: medians, spread, and the headline's ratio to each baseline that took part. */
public final class MarkdownReport {
    private static final double SHOWN_SPREAD = 0.005;

    private final PrintWriter out;
    private final List<String> baselines;

    /**
     * Makes a writer.
     *
     * @param baselines names of contenders to compare with
     */
    public MarkdownReport(PrintWriter out, List<String> baselines) {
        this.out = out;
        this.baselines = List.copyOf(baselines);
    }

    /** Writes the conditions of all measurements. */
    public void environment(List<String> facts) {
        out.println(String.join("; ", facts));
    }

    /** Writes one table. */
    public void write(Result result) {
        out.printf("%n### %s%n%n", result.title());
        if (!result.outcomes().isEmpty()) {
            table(result);
        }
        if (!result.notes().isEmpty()) {
            out.println();
            result.notes().forEach(note -> out.println("* " + note));
        }
        out.flush();
    }

    private void table(Result result) {
        var header = new ArrayList<>(List.of("peer"));
        header.addAll(result.outcomes().get(0).samples().keySet());
        var present = baselines.stream()
                .filter(name -> find(result, name).isPresent())
                .toList();
        present.forEach(name -> header.add("x " + name));
        row(header);
        row(header.stream()
                .map(column -> column.equals("peer") ? "---" : "---:")
                .toList());
        for (var outcome : result.outcomes()) {
            row(cells(result, outcome, present));
        }
    }

    private List<String> cells(Result result, Outcome outcome, List<String> present) {
        var cells = new ArrayList<>(List.of(outcome.contender()));
        outcome.samples().values().forEach(sample -> cells.add(cell(sample)));
        for (var name : present) {
            double base =
                    find(result, name).map(other -> headline(result, other)).orElseThrow();
            cells.add(base == 0 ? "-" : number(headline(result, outcome) / base));
        }
        return cells;
    }

    private static Optional<Outcome> find(Result result, String contender) {
        return result.outcomes().stream()
                .filter(outcome -> outcome.contender().equals(contender))
                .findFirst();
    }

    private static double headline(Result result, Outcome outcome) {
        return Optional.ofNullable(outcome.samples().get(result.headline()))
                .orElseThrow()
                .median();
    }

    private static String cell(Sample sample) {
        var median = number(sample.median());
        if (sample.spread() < SHOWN_SPREAD) {
            return median;
        }
        return sample.spread() <= 1
                ? String.format(Locale.ROOT, "%s ±%.0f %%", median, 100 * sample.spread())
                : median + " (" + number(sample.least()) + " to " + number(sample.most()) + ")";
    }

    /** Three significant digits: 0.0123, 1.23, 12.3 k, 123 M. */
    static String number(double value) {
        var units = List.of("", " k", " M", " G");
        double scaled = value;
        int unit = 0;
        for (; Math.abs(scaled) >= 999.5 && unit < units.size() - 1; unit++) {
            scaled /= 1_000;
        }
        double size = Math.abs(scaled);
        int digits = size == 0 ? 0 : Math.clamp((long) (2 - Math.floor(Math.log10(size))), 0, 6);
        return String.format(Locale.ROOT, "%." + digits + "f%s", scaled, units.get(unit));
    }

    private void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
