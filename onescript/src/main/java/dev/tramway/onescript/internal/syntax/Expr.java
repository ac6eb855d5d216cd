package dev.tramway.onescript.internal.syntax;

import java.util.List;

/** An expression. */
public sealed interface Expr {
    Pos at();

    /** An argument that was left out between commas. */
    record Skipped(Pos at) implements Expr {}

    record Literal(Object value, Pos at) implements Expr {}

    record Name(String name, Pos at) implements Expr {}

    record Unary(Op op, Expr operand, Pos at) implements Expr {}

    record Binary(Op op, Expr left, Expr right, Pos at) implements Expr {}

    record Ternary(Expr condition, Expr then, Expr otherwise, Pos at) implements Expr {}

    record Call(String name, List<Expr> arguments, Pos at) implements Expr {}

    record Member(Expr target, String name, Pos at) implements Expr {}

    record MethodCall(Expr target, String name, List<Expr> arguments, Pos at) implements Expr {}

    record Index(Expr target, Expr index, Pos at) implements Expr {}

    record New(String type, List<Expr> arguments, Pos at) implements Expr {}

    /** Новый(ИмяТипа, Параметры): the type is known at run time. */
    record NewByName(List<Expr> arguments, Pos at) implements Expr {}

    /** Operators. */
    enum Op {
        OR,
        AND,
        NOT,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        PLUS,
        MINUS
    }
}
