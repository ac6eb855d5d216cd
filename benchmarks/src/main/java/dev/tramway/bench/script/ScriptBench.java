package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Pinning;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Measures scripts beside plain Java, and prints a table. */
public final class ScriptBench {
    private static final List<Row> ROWS = Stream.of(
                    ServerRows.all(), List.of(new Printer(), new LargeMessage()), ClientRows.all(), LanguageRows.all())
            .flatMap(List::stream)
            .toList();

    private ScriptBench() {}

    /** The names of all measurements. */
    public static List<String> keys() {
        return ROWS.stream().map(Row::key).toList();
    }

    /**
     * Measures.
     *
     * @param only names of measurements; empty for all
     * @param seconds of each window
     * @param clients of the measurements with many
     * @param idle connections that do nothing
     * @param out gets the table, a line as soon as it is known
     * @return false if a measurement failed: something was lost, came twice or out of order, or a process ended
     * @throws IllegalArgumentException if there is no such measurement
     */
    public static boolean run(Set<String> only, double seconds, int clients, int idle, PrintWriter out) {
        if (!keys().containsAll(only)) {
            throw new IllegalArgumentException("only: " + only + " (expected: some of " + keys() + ")");
        }
        try {
            var directory = Files.createTempDirectory("tramway-script-");
            try {
                var pinning = Pinning.detect();
                pinning.loadHere();
                out.println("Each program alone in a process, the load in another; " + pinning + ".");
                out.println();
                out.println("| Measured | Goal | Script | | Plain Java |");
                out.println("|---|---:|---:|---|---:|");
                var lab = new Lab(pinning, directory, seconds, clients, idle);
                return ROWS.stream()
                        .filter(row -> only.isEmpty() || only.contains(row.key()))
                        .map(row -> print(row, lab, out))
                        .reduce(true, Boolean::logicalAnd);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean print(Row row, Lab lab, PrintWriter out) {
        try {
            var script = row.measure(Row.Kind.SCRIPT, lab);
            var java = row.measure(Row.Kind.JAVA, lab);
            for (int i = 0; i < script.size(); i++) {
                out.println(line(script.get(i), java.get(i)));
            }
            return true;
        } catch (BenchException failed) {
            out.println("| " + row.key() + " | | failed | " + failed.getMessage() + " | |");
            return false;
        } finally {
            out.flush();
        }
    }

    private static String line(Figure script, Figure java) {
        var goal = script.bound()
                .map(bound -> (bound.atLeast() ? ">= " : "<= ") + number(bound.value()))
                .orElse("");
        var verdict = script.bound().map(bound -> bound.judge(script.value())).orElse("reported");
        return String.join(
                " | ", "| " + script.text(), goal, number(script.value()), verdict, number(java.value()) + " |");
    }

    private static String number(double value) {
        int digits = value >= 100 || value == Math.rint(value) ? 0 : value >= 1 ? 1 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
