package dev.tramway.bench.scenario;

import dev.tramway.bench.report.Result;

/** Something that is measured, side by side for all contenders. */
public interface Scenario {
    /** Names its result; no two are the same. */
    String key();

    /** The target it belongs to, such as {@code P2}, or the chapter of the report. */
    String target();

    /** What it asks of a server; equal for scenarios that may share a process. */
    default Object kind(Lab lab) {
        return key();
    }

    /** How many trials it makes, about. */
    int trials(Lab lab);

    /** Measures. */
    Result run(Lab lab);
}
