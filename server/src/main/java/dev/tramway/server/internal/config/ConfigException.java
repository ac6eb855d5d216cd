package dev.tramway.server.internal.config;

import dev.tramway.server.internal.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; says everything that was found wrong, each with line, column and hint. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Holds problems, at least one. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
