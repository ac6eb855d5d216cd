package dev.tramway.server.internal.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Collects what is wrong with a file, so that its author sees all of it at once. Used by one thread. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private Set<Position> settled = Set.of();

    /** None yet. */
    public Problems() {}

    /** Runs one part of the work; a flaw in it is noted, and the work goes on behind it. */
    public void attempt(Runnable part) {
        try {
            part.run();
        } catch (Flaw flaw) {
            add(flaw.problem());
        }
    }

    /** Reads one part; a flaw in it is noted and gives the value for {@code otherwise}. */
    public <T> T attempt(Supplier<T> part, T otherwise) {
        return read(part).orElse(otherwise);
    }

    /** Reads one part; a flaw in it is noted and gives nothing. */
    public <T> Optional<T> read(Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (Flaw flaw) {
            add(flaw.problem());
            return Optional.empty();
        }
    }

    /** Notes a problem. */
    public void add(Problem problem) {
        if (!settled.contains(problem.at())) {
            found.add(problem);
        }
    }

    /** Notes nothing more of places that something was noted of: it would only follow from that. */
    public void settle() {
        settled = found.stream().map(Problem::at).collect(Collectors.toSet());
    }

    /** What was noted, in the order of the file. */
    public List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .toList();
    }
}
