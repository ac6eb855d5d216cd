package dev.tramway.bench.report;

import java.util.List;
import java.util.SequencedMap;

/**
 * What a scenario found.
 *
 * @param title of the table
 * @param headline the metric that is compared
 * @param outcomes one per contender, in order of the table
 * @param notes what a reader must know, failures among it
 * @param complete false if a contender failed
 */
public record Result(String title, String headline, List<Outcome> outcomes, List<String> notes, boolean complete) {
    /**
     * The metrics of one contender by their names; all outcomes of a result have the same.
     *
     * @param contender its name
     * @param samples the metrics in order of the columns
     */
    public record Outcome(String contender, SequencedMap<String, Sample> samples) {}
}
