package dev.tramway.frames;

import java.util.List;
import java.util.stream.Collectors;

/** A definition cannot be used; says everything that was found wrong, each with line, column and remedy. */
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<DefinitionProblem> problems;

    /**
     * Holds problems.
     *
     * @param problems at least one
     */
    public DefinitionException(List<DefinitionProblem> problems) {
        super(problems.stream().map(DefinitionProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<DefinitionProblem> problems() {
        return problems;
    }
}
