package dev.tramway.server.internal.yaml;

/** Ends the reading of one part of a file; caught by {@link Problems#attempt}, so that other parts are read too. */
public final class Flaw extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Carries a problem. */
    public Flaw(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
