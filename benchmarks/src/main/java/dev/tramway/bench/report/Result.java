package dev.tramway.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a scenario found.
 *
 * @param key names it
 * @param target the target it belongs to, or the chapter
 * @param title of the table
 * @param headline the metric that is compared
 * @param outcomes one per contender, in order of the table
 * @param absent who took no part, and why
 * @param notes what a reader must know
 * @param complete false if a contender failed
 */
public record Result(
        String key,
        String target,
        String title,
        String headline,
        List<Outcome> outcomes,
        Map<String, String> absent,
        List<String> notes,
        boolean complete) {
    /** One that was not measured at all. */
    public static Result unmeasured(String key, String target, String title, String why) {
        return new Result(key, target, title, "", List.of(), Map.of("all", why), List.of(), true);
    }

    /** The outcome of a contender. */
    public Optional<Outcome> of(String contender) {
        return outcomes.stream()
                .filter(outcome -> outcome.contender().equals(contender))
                .findFirst();
    }

    /** Why a contender has no outcome. */
    public String absence(String contender) {
        return Optional.ofNullable(absent.get(contender))
                .or(() -> Optional.ofNullable(absent.get("all")))
                .orElse("did not take part");
    }

    /**
     * The metrics of one contender by their names; all outcomes of a result have the same.
     *
     * @param contender its name
     * @param samples the metrics in order of the columns
     * @param limit which process was at its limit: server, load, both or none
     */
    public record Outcome(String contender, SequencedMap<String, Sample> samples, String limit) {
        /**
         * One metric.
         *
         * @throws IllegalArgumentException if there is none of that name
         */
        public Sample sample(String metric) {
            return Optional.ofNullable(samples.get(metric))
                    .orElseThrow(() -> new IllegalArgumentException("no metric " + metric + " in " + samples.keySet()));
        }
    }
}
