package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/** Code that is compiled at run time, in the scope of the method it is written in. Threads share it. */
public final class Evaluator {
    private static final int REMEMBERED = 64;

    /** A compiled text: an expression or statements; its own names are in the slots from {@code from} to {@code size}. */
    public record Compiled(ExprNode expression, StatementNode statements, int from, int size) {}

    /** Compiles text, as an expression or as statements. */
    @FunctionalInterface
    public interface Compiler {
        Compiled compile(String text, boolean expression);
    }

    private record Key(String text, boolean expression) {}

    private final Compiler compiler;
    private final Map<Key, Compiled> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Compiled> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Evaluator(Compiler compiler) {
        this.compiler = compiler;
    }

    void statements(Frame frame, String text) {
        Compiled code = prepare(frame, text, false);
        code.statements().execute(frame);
    }

    Object expression(Frame frame, String text) {
        Compiled code = prepare(frame, text, true);
        return code.expression().eval(frame);
    }

    private Compiled prepare(Frame frame, String text, boolean expression) {
        frame.execution.check(Permission.EVALUATE);
        frame.execution.work(1 + text.length() / 16);
        Compiled code = compiled(new Key(text, expression));
        frame.extend(code.from(), code.size());
        return code;
    }

    private synchronized Compiled compiled(Key key) {
        Compiled known = remembered.get(key);
        if (known == null) {
            known = compiler.compile(key.text, key.expression);
            remembered.put(key, known);
        }
        return known;
    }

    /** Вычислить. */
    public static final class Evaluate extends ExprNode {
        private final ExprNode text;
        private final Evaluator evaluator;

        public Evaluate(ExprNode text, Evaluator evaluator) {
            this.text = text;
            this.evaluator = evaluator;
        }

        @Override
        public Object eval(Frame frame) {
            return evaluator.expression(frame, Values.toText(text.eval(frame)));
        }
    }
}
