package dev.tramway.onescript.internal.syntax;

import java.util.List;
import java.util.Optional;

/** The tree of a whole module. */
public record Module(
        List<Use> uses, List<Variable> variables, List<Method> methods, List<Stmt> body, List<Annotation> annotations) {

    /** #Использовать: a library by name, or a directory or file by path. */
    public record Use(String name, boolean path, Pos at) {}

    public record Variable(String name, boolean exported, List<Annotation> annotations, Pos at) {}

    public record Method(
            String name,
            boolean function,
            boolean exported,
            List<Param> params,
            List<Variable> locals,
            List<Stmt> body,
            List<Annotation> annotations,
            Pos at) {}

    /** A parameter is optional if it has a default value. */
    public record Param(
            String name, boolean byValue, Optional<Object> otherwise, List<Annotation> annotations, Pos at) {}

    public record Annotation(String name, List<AnnotationParam> params) {}

    /** The name is empty where only a value was given. */
    public record AnnotationParam(String name, Object value) {}
}
