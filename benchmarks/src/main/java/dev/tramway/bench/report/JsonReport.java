package dev.tramway.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All that was found, with every single value, for programs. */
final class JsonReport implements Report {
    @Override
    public void write(Comparison comparison, Path directory) throws IOException {
        Files.writeString(directory.resolve("report.json"), Json.pretty(comparison));
    }
}
