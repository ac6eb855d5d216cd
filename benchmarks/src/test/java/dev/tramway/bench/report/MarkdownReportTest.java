package dev.tramway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.report.Result.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void writesMediansAndRatios() {
        var result = new Result(
                "Echo", "rate", List.of(outcome("fast", 3e6, 3e6), outcome("base", 1e6, 1.2e6)), List.of("note"), true);
        assertThat(written(result).lines())
                .containsExactly(
                        "",
                        "### Echo",
                        "",
                        "| peer | rate | x base |",
                        "| --- | ---: | ---: |",
                        "| fast | 3.00 M | 2.73 |",
                        "| base | 1.10 M ±9 % | 1.00 |",
                        "",
                        "* note");
    }

    @Test
    void writesTheRangeWhereItIsWide() {
        var result = new Result("Echo", "rate", List.of(outcome("wild", 1.0, 2.0, 9.0)), List.of(), true);
        assertThat(written(result)).contains("| wild | 2.00 (1.00 to 9.00) |");
    }

    @Test
    void leavesOutTheTableIfAllFailed() {
        assertThat(written(new Result("Echo", "rate", List.of(), List.of("base failed: x"), false))
                        .lines())
                .containsExactly("", "### Echo", "", "", "* base failed: x");
    }

    @Test
    void writesThreeDigits() {
        assertThat(List.of(0.0, 0.0123, 1.234, 12.34, 123.4, 999.4, 12_345.0, 1.5e8, 7e12).stream()
                        .map(MarkdownReport::number))
                .containsExactly("0", "0.0123", "1.23", "12.3", "123", "999", "12.3 k", "150 M", "7000 G");
    }

    private static Outcome outcome(String name, Double... rates) {
        var samples = new LinkedHashMap<String, Sample>();
        samples.put("rate", new Sample(List.of(rates)));
        return new Outcome(name, samples);
    }

    private static String written(Result result) {
        var text = new StringWriter();
        new MarkdownReport(new PrintWriter(text), List.of("absent", "base")).write(result);
        return text.toString();
    }
}
