package dev.tramway.bench.scenario;

import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trials that have been made, on disk, a line of JSON each, so that a comparison can be taken up again. */
public final class Journal {
    private final Path file;
    private final Map<String, Trial> trials = new HashMap<>();

    private Journal(Path file) {
        this.file = file;
    }

    private record Entry(String key, Trial trial) {}

    /** Begins anew. */
    public static Journal begin(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            return new Journal(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on where another run has ended; a last line that was cut off is passed over. */
    public static Journal resume(Path file) {
        if (!Files.exists(file)) {
            return begin(file);
        }
        var journal = new Journal(file);
        try (var lines = Files.lines(file)) {
            lines.filter(line -> line.endsWith("}")).forEach(journal::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return journal;
    }

    private void take(String line) {
        try {
            var entry = Json.read(line, Entry.class);
            trials.put(entry.key(), entry.trial());
        } catch (IllegalArgumentException cutOff) {
            // It is made again.
        }
    }

    /** A trial that was made already. */
    Optional<Trial> find(String key) {
        return Optional.ofNullable(trials.get(key));
    }

    /** Keeps a trial. */
    void add(String key, Trial trial) {
        trials.put(key, trial);
        try {
            Files.write(
                    file,
                    List.of(Json.line(new Entry(key, trial))),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
