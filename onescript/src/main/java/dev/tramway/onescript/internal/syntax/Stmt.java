package dev.tramway.onescript.internal.syntax;

import java.util.List;
import java.util.Optional;

/** A statement. */
public sealed interface Stmt {
    Pos at();

    record Assign(Expr target, Expr value, Pos at) implements Stmt {}

    record Call(Expr call, Pos at) implements Stmt {}

    record If(List<Branch> branches, List<Stmt> otherwise, Pos at) implements Stmt {}

    record Branch(Expr condition, List<Stmt> body, Pos at) {}

    record While(Expr condition, List<Stmt> body, Pos at) implements Stmt {}

    record For(Expr.Name counter, Expr from, Expr to, List<Stmt> body, Pos at) implements Stmt {}

    record ForEach(Expr.Name element, Expr collection, List<Stmt> body, Pos at) implements Stmt {}

    record Break(Pos at) implements Stmt {}

    record Continue(Pos at) implements Stmt {}

    record Return(Optional<Expr> value, Pos at) implements Stmt {}

    record Try(List<Stmt> body, List<Stmt> handler, Pos at) implements Stmt {}

    record Raise(Optional<Expr> value, Pos at) implements Stmt {}

    record Execute(Expr text, Pos at) implements Stmt {}

    /** ДобавитьОбработчик and УдалитьОбработчик. */
    record Handler(boolean add, Expr.Member event, Expr handler, Pos at) implements Stmt {}
}
