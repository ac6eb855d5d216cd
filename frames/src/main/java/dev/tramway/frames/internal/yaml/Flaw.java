package dev.tramway.frames.internal.yaml;

import dev.tramway.frames.DefinitionProblem;

/** Ends the reading of one part of a definition; caught by {@link Problems#attempt}, so that other parts are read too. */
public final class Flaw extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DefinitionProblem problem;

    /** Carries a problem. */
    public Flaw(DefinitionProblem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    /** What is wrong. */
    public DefinitionProblem problem() {
        return problem;
    }
}
