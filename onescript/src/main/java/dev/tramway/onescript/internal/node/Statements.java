package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import org.jspecify.annotations.Nullable;

/** Statements other than loops. */
public final class Statements {
    private Statements() {}

    /**
     * Runs a statement of a block. As with operands, the commonest kinds are tried first, so that the JIT compiler can put them into one
     * piece with the block.
     */
    private static int run(StatementNode statement, Frame frame) {
        frame.at(statement);
        if (statement instanceof AssignWhole assign) {
            return assign.execute(frame);
        }
        if (statement instanceof When condition) {
            return condition.execute(frame);
        }
        return statement.execute(frame);
    }

    /** Several statements, each of which is noted in the frame before it runs. */
    public static final class Block extends StatementNode {
        private final StatementNode[] statements;

        public Block(Pos at, StatementNode[] statements) {
            super(at);
            this.statements = statements;
        }

        @Override
        public int execute(Frame frame) {
            for (StatementNode statement : statements) {
                int end = run(statement, frame);
                if (end != NEXT) {
                    return end;
                }
            }
            return NEXT;
        }
    }

    /** A block of one statement. */
    public static final class Single extends StatementNode {
        private final StatementNode statement;

        public Single(Pos at, StatementNode statement) {
            super(at);
            this.statement = statement;
        }

        @Override
        public int execute(Frame frame) {
            return run(statement, frame);
        }
    }

    /** Assigns to anything that can be. */
    public static final class Assign extends StatementNode {
        private final VariableNode target;
        private final ExprNode value;

        public Assign(Pos at, VariableNode target, ExprNode value) {
            super(at);
            this.target = target;
            this.value = value;
        }

        @Override
        public int execute(Frame frame) {
            target.assign(frame, ExprNode.value(value, frame));
            return NEXT;
        }
    }

    /** Assigns to a local variable. */
    public static final class AssignLocal extends StatementNode {
        private final int slot;
        private final ExprNode value;

        public AssignLocal(Pos at, Variables.Local target, ExprNode value) {
            super(at);
            this.slot = target.slot;
            this.value = value;
        }

        @Override
        public int execute(Frame frame) {
            frame.set(slot, value.eval(frame));
            return NEXT;
        }
    }

    /** Assigns to a local variable what is mostly a whole number, without making an object of it. */
    public static final class AssignWhole extends StatementNode {
        private final int slot;
        private final ExprNode value;

        public AssignWhole(Pos at, Variables.Local target, ExprNode value) {
            super(at);
            this.slot = target.slot;
            this.value = value;
        }

        @Override
        public int execute(Frame frame) {
            frame.set(slot, value.evalWhole(frame), frame);
            return NEXT;
        }
    }

    /** Assigns to a local variable. */
    public static StatementNode assign(Pos at, Variables.Local target, ExprNode value) {
        boolean whole = value instanceof Operators.Arithmetic
                || value instanceof Variables.Local
                || (value instanceof Variables.Constant constant && constant.value instanceof Long);
        return whole ? new AssignWhole(at, target, value) : new AssignLocal(at, target, value);
    }

    /** Evaluates a call and forgets the result. */
    public static final class Evaluate extends StatementNode {
        private final ExprNode call;

        public Evaluate(Pos at, ExprNode call) {
            super(at);
            this.call = call;
        }

        @Override
        public int execute(Frame frame) {
            call.eval(frame);
            return NEXT;
        }
    }

    /** Если. */
    public static final class If extends StatementNode {
        private final ExprNode[] conditions;
        private final StatementNode[] bodies;
        private final StatementNode otherwise;

        public If(Pos at, ExprNode[] conditions, StatementNode[] bodies, StatementNode otherwise) {
            super(at);
            this.conditions = conditions;
            this.bodies = bodies;
            this.otherwise = otherwise;
        }

        @Override
        public int execute(Frame frame) {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i].test(frame)) {
                    return bodies[i].execute(frame);
                }
            }
            return otherwise.execute(frame);
        }
    }

    /** Если without Иначе and ИначеЕсли, which most are. */
    public static final class When extends StatementNode {
        private final ExprNode condition;
        private final StatementNode body;

        public When(Pos at, ExprNode condition, StatementNode body) {
            super(at);
            this.condition = condition;
            this.body = body;
        }

        @Override
        public int execute(Frame frame) {
            return condition.test(frame) ? body.execute(frame) : NEXT;
        }
    }

    /** Прервать, Продолжить. */
    public static final class Jump extends StatementNode {
        private final int end;

        public Jump(Pos at, int end) {
            super(at);
            this.end = end;
        }

        @Override
        public int execute(Frame frame) {
            return end;
        }
    }

    /** Возврат. */
    public static final class Return extends StatementNode {
        private final @Nullable ExprNode value;

        public Return(Pos at, @Nullable ExprNode value) {
            super(at);
            this.value = value;
        }

        @Override
        public int execute(Frame frame) {
            if (value != null) {
                frame.result = ExprNode.value(value, frame);
            }
            return RETURN;
        }
    }

    /** Попытка. */
    public static final class Try extends StatementNode {
        private final StatementNode body;
        private final StatementNode handler;

        public Try(Pos at, StatementNode body, StatementNode handler) {
            super(at);
            this.body = body;
            this.handler = handler;
        }

        @Override
        public int execute(Frame frame) {
            try {
                return body.execute(frame);
            } catch (RuntimeException | StackOverflowError thrown) {
                return handle(frame, thrown);
            }
        }

        private int handle(Frame frame, Throwable thrown) {
            if (thrown instanceof ScriptExit exit) {
                throw exit;
            }
            ScriptError error = Failures.error(thrown);
            if (error.isFatal()) {
                throw error;
            }
            frame.note(error);
            ScriptError outer = frame.handled;
            frame.handled = error;
            try {
                return handler.execute(frame);
            } finally {
                frame.handled = outer;
            }
        }
    }

    /** ВызватьИсключение; without a value it throws again what is being handled. */
    public static final class Raise extends StatementNode {
        private final @Nullable ExprNode value;

        public Raise(Pos at, @Nullable ExprNode value) {
            super(at);
            this.value = value;
        }

        @Override
        public int execute(Frame frame) {
            if (value == null) {
                ScriptError handled = frame.handled;
                throw handled != null ? handled : new ScriptError("", (Throwable) null);
            }
            Object thrown = ExprNode.value(value, frame);
            throw thrown instanceof ErrorTemplate template
                    ? template.toError()
                    : new ScriptError(Values.toText(thrown), (Throwable) null);
        }
    }

    /** Выполнить. */
    public static final class Execute extends StatementNode {
        private final ExprNode text;
        private final Evaluator evaluator;

        public Execute(Pos at, ExprNode text, Evaluator evaluator) {
            super(at);
            this.text = text;
            this.evaluator = evaluator;
        }

        @Override
        public int execute(Frame frame) {
            evaluator.statements(frame, Values.toText(text.eval(frame)));
            return NEXT;
        }
    }

    /** ДобавитьОбработчик, УдалитьОбработчик. */
    public static final class Handler extends StatementNode {
        private final boolean add;
        private final ExprNode source;
        private final String event;
        private final ExprNode target;
        private final String method;

        public Handler(Pos at, boolean add, ExprNode source, String event, ExprNode target, String method) {
            super(at);
            this.add = add;
            this.source = source;
            this.event = event;
            this.target = target;
            this.method = method;
        }

        @Override
        public int execute(Frame frame) {
            BslObject raiser = Members.object(source.eval(frame));
            frame.execution.handler(add, raiser, event, Members.object(target.eval(frame)), method);
            return NEXT;
        }
    }
}
