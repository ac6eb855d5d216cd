package dev.tramway.frames.internal.yaml;

import dev.tramway.frames.DefinitionException;
import dev.tramway.frames.DefinitionProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a definition, so that its author sees all of it at once. */
public final class Problems {
    private static final int MOST = 50;

    private final List<DefinitionProblem> found = new ArrayList<>();

    /** Runs one part of the work; a flaw in it is noted, and the work goes on behind it. */
    public void attempt(Runnable part) {
        try {
            part.run();
        } catch (Flaw flaw) {
            add(flaw);
        }
    }

    /** Notes a flaw. */
    public void add(Flaw flaw) {
        if (found.size() < MOST) {
            found.add(flaw.problem());
        }
    }

    /** Throws what was noted, if anything was. */
    public void check() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(DefinitionProblem::line).thenComparingInt(DefinitionProblem::column));
            throw new DefinitionException(found);
        }
    }
}
