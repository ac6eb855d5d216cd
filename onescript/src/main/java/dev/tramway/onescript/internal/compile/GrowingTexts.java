package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.syntax.Expr;
import dev.tramway.onescript.internal.syntax.Stmt;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds variables to which text is appended: С = С + …, where a literal somewhere shows that it is text and not a number. */
final class GrowingTexts {
    private final Set<String> appended = new HashSet<>();
    private final Set<String> text = new HashSet<>();

    private GrowingTexts() {}

    /** Returns their names, in lower case. */
    static Set<String> in(List<Stmt> body) {
        GrowingTexts finder = new GrowingTexts();
        finder.visit(body);
        finder.appended.retainAll(finder.text);
        return finder.appended;
    }

    /** Returns what is appended, in order, if the assignment appends to the variable it assigns to. */
    static Optional<List<Expr>> operands(Stmt.Assign assign) {
        if (!(assign.target() instanceof Expr.Name target)) {
            return Optional.empty();
        }
        List<Expr> operands = new ArrayList<>();
        Expr first = assign.value();
        while (first instanceof Expr.Binary sum && sum.op() == Expr.Op.ADD) {
            operands.add(0, sum.right());
            first = sum.left();
        }
        boolean appends = !operands.isEmpty()
                && first instanceof Expr.Name name
                && Names.key(name.name()).equals(Names.key(target.name()));
        return appends ? Optional.of(operands) : Optional.empty();
    }

    private void visit(List<Stmt> body) {
        for (Stmt statement : body) {
            switch (statement) {
                case Stmt.Assign assign -> assign(assign);
                case Stmt.If branches -> {
                    branches.branches().forEach(branch -> visit(branch.body()));
                    visit(branches.otherwise());
                }
                case Stmt.While loop -> visit(loop.body());
                case Stmt.For loop -> visit(loop.body());
                case Stmt.ForEach loop -> visit(loop.body());
                case Stmt.Try attempt -> {
                    visit(attempt.body());
                    visit(attempt.handler());
                }
                default -> {
                    // assigns to nothing
                }
            }
        }
    }

    private void assign(Stmt.Assign assign) {
        if (!(assign.target() instanceof Expr.Name name)) {
            return;
        }
        String key = Names.key(name.name());
        Optional<List<Expr>> operands = operands(assign);
        if (operands.isPresent()) {
            appended.add(key);
        }
        boolean literal = operands.orElse(List.of(assign.value())).stream().anyMatch(GrowingTexts::isText);
        if (literal) {
            text.add(key);
        }
    }

    private static boolean isText(Expr expression) {
        return expression instanceof Expr.Literal literal && literal.value() instanceof String;
    }
}
