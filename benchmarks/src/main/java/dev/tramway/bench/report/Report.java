package dev.tramway.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A form in which a comparison is written down. */
public interface Report {
    /** Writes it into a directory; what was there of the same form is replaced. */
    void write(Comparison comparison, Path directory) throws IOException;

    /** All forms. */
    static List<Report> all() {
        return List.of(new PlotReport(), new MarkdownReport(), new JsonReport());
    }
}
