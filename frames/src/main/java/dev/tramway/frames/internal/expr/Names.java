package dev.tramway.frames.internal.expr;

import java.util.Optional;

/** The names that an expression may use at its place. */
@FunctionalInterface
public interface Names {
    /** The field of a path such as {@code status.valid}. */
    Optional<Operand> find(String path);
}
