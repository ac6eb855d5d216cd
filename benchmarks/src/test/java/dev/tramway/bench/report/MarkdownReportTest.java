package dev.tramway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.report.Result.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {
    @Test
    void writesMediansAndRatios() {
        var result = result(List.of(outcome("fast", 3e6, 3e6), outcome("raw-c", 1e6, 1.2e6)), Map.of());
        assertThat(written(result).lines())
                .containsExactly(
                        "",
                        "### Echo",
                        "",
                        "| peer | rate | x raw-c | at its limit |",
                        "| --- | ---: | ---: | ---: |",
                        "| fast | 3.00 M | 2.73 | server |",
                        "| raw-c | 1.10 M ±9 % | 1.00 | server |",
                        "",
                        "* note");
    }

    @Test
    void writesTheRangeWhereItIsWide() {
        assertThat(written(result(List.of(outcome("wild", 1.0, 2.0, 9.0)), Map.of())))
                .contains("| wild | 2.00 (1.00 to 9.00) | server |");
    }

    @Test
    void saysWhatWasNotMeasuredAndWhy() {
        assertThat(written(result(List.of(), Map.of("raw-c", "failed: x"))).lines())
                .containsExactly("", "### Echo", "", "* note", "* not measured: raw-c, failed: x");
        assertThat(written(Result.unmeasured("echo", "P1", "Echo", "no compiler")))
                .contains("* not measured: no compiler");
    }

    @Test
    void writesThreeDigits() {
        assertThat(List.of(0.0, 0.0123, 1.234, 12.34, 123.4, 999.4, 12_345.0, 1.5e8, 7e12).stream()
                        .map(Numbers::threeDigits))
                .containsExactly("0", "0.0123", "1.23", "12.3", "123", "999", "12.3 k", "150 M", "7000 G");
    }

    @Test
    void everyFormHasItsFile(@TempDir Path directory) throws IOException {
        var results = List.of(
                result(List.of(outcome("tramway", 2e6), outcome("raw-c", 2e6)), Map.of()),
                new Result("connections-10", "scaling", "Ten", "rate", List.of(curve(1e6)), Map.of(), List.of(), true),
                new Result(
                        "connections-100", "scaling", "Many", "rate", List.of(curve(2e6)), Map.of(), List.of(), true));
        var peers = new LinkedHashMap<>(Map.of("tramway", "this tree"));
        var comparison = Comparison.of(List.of("a machine"), peers, results);
        for (var report : Report.all()) {
            report.write(comparison, directory);
        }
        assertThat(directory.resolve("framed.png")).isNotEmptyFile();
        assertThat(directory.resolve("scaling-connections.png")).isNotEmptyFile();
        assertThat(directory.resolve("round-trip.png")).doesNotExist();
        assertThat(Files.readString(directory.resolve("report.md")))
                .contains("| P1 | byte echo >= 0.95 x raw C | 2.00 M | 1.00 x | holds | server |")
                .contains(
                        "| P2 | framed echo >= 0.5 x raw C |  |  | not measured: tramway in framed: not asked for |  |")
                .contains("![framed](framed.png)")
                .contains("another machine");
        assertThat(Files.readString(directory.resolve("report.json"))).contains("\"contender\" : \"raw-c\"");
    }

    private static Result result(List<Outcome> outcomes, Map<String, String> absent) {
        return new Result("echo", "P1", "Echo", "rate", outcomes, absent, List.of("note"), true);
    }

    private static Outcome outcome(String name, Double... rates) {
        var samples = new LinkedHashMap<String, Sample>();
        samples.put("rate", new Sample(List.of(rates)));
        return new Outcome(name, samples, "server");
    }

    private static Outcome curve(double rate) {
        var outcome = outcome("tramway", rate);
        outcome.samples().put("server ns CPU/message", new Sample(List.of(1e9 / rate)));
        return outcome;
    }

    private static String written(Result result) {
        var text = new StringWriter();
        MarkdownReport.write(result, new PrintWriter(text));
        return text.toString();
    }
}
