package dev.tramway.server.internal.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of traffic. */
final class TrafficFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private TrafficFile() {}

    /**
     * Reads all of it.
     *
     * @throws IllegalArgumentException if a line is none of traffic; names file and line
     * @throws UncheckedIOException if it cannot be read
     */
    static List<TrafficEvent> read(Path file) {
        List<TrafficEvent> events = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            for (int number = 1; line != null; number++) {
                if (!line.isBlank()) {
                    events.add(event(file + ":" + number, line));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return events;
    }

    private static TrafficEvent event(String place, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            TrafficEvent event = new TrafficEvent(
                    Instant.parse(json.path("time").asString("")),
                    json.path("session").asString(""),
                    TrafficEvent.Kind.valueOf(json.path("kind").asString("").toUpperCase(Locale.ROOT)),
                    json.path("hex").asString(""));
            event.bytes(); // fails now, with the line, and not in the middle of the replay
            return event;
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(
                    place + ": " + why + " (expected: time, session, kind open, up, down or close, and hex)", e);
        }
    }
}
