package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.Iterator;

/** Loops. Each turn counts as a step. */
public final class Loops {
    private Loops() {}

    abstract static class Loop extends StatementNode {
        final StatementNode body;

        Loop(Pos at, StatementNode body) {
            super(at);
            this.body = body;
        }

        /** Ends a turn: tells whether there may be another. */
        final boolean goesOn(Frame frame, int end) {
            frame.execution.step();
            frame.at(this);
            return end == NEXT || end == CONTINUE;
        }

        static int after(int end) {
            return end == RETURN ? RETURN : NEXT;
        }
    }

    /** Пока. */
    public static final class While extends Loop {
        private final ExprNode condition;

        public While(Pos at, ExprNode condition, StatementNode body) {
            super(at, body);
            this.condition = condition;
        }

        @Override
        public int execute(Frame frame) {
            int end = NEXT;
            while (condition.test(frame)) {
                end = body.execute(frame);
                if (!goesOn(frame, end)) {
                    return after(end);
                }
            }
            return NEXT;
        }
    }

    /** Для. The counter is an ordinary variable, which the body may change. */
    public static final class For extends Loop {
        private final VariableNode counter;
        private final ExprNode from;
        private final ExprNode to;

        public For(Pos at, VariableNode counter, ExprNode from, ExprNode to, StatementNode body) {
            super(at, body);
            this.counter = counter;
            this.from = from;
            this.to = to;
        }

        @Override
        public int execute(Frame frame) {
            Object first = Values.toNumber(from.eval(frame));
            Object last = Values.toNumber(to.eval(frame));
            counter.assign(frame, first);
            return counter instanceof Variables.Local local
                            && first instanceof Long start
                            && last instanceof Long end
                            && start != ExprNode.NOT_WHOLE
                    ? count(frame, local.slot, start, end)
                    : count(frame, last);
        }

        /** Counts without making objects, for as long as the counter is a whole number that has a next one. */
        private int count(Frame frame, int slot, long first, long last) {
            long current = first;
            while (current <= last) {
                int end = body.execute(frame);
                if (!goesOn(frame, end)) {
                    return after(end);
                }
                current = frame.getWhole(slot);
                if (current == ExprNode.NOT_WHOLE || current == Long.MAX_VALUE) {
                    counter.assign(frame, next(counter.eval(frame)));
                    return count(frame, last);
                }
                frame.setWhole(slot, ++current);
            }
            return NEXT;
        }

        private int count(Frame frame, Object last) {
            while (isWithin(counter.eval(frame), last)) {
                int end = body.execute(frame);
                if (!goesOn(frame, end)) {
                    return after(end);
                }
                counter.assign(frame, next(counter.eval(frame)));
            }
            return NEXT;
        }

        private static boolean isWithin(Object value, Object last) {
            return (value instanceof Long a && last instanceof Long b)
                    ? a <= b
                    : Numbers.compare(Values.toNumber(value), last) <= 0;
        }

        private static Object next(Object value) {
            return value instanceof Long whole && whole != Long.MAX_VALUE
                    ? (Object) (whole + 1)
                    : Numbers.add(Values.toNumber(value), 1L);
        }
    }

    /** Для Каждого. */
    public static final class ForEach extends Loop {
        private final VariableNode element;
        private final ExprNode collection;

        public ForEach(Pos at, VariableNode element, ExprNode collection, StatementNode body) {
            super(at, body);
            this.element = element;
            this.collection = collection;
        }

        @Override
        public int execute(Frame frame) {
            Iterator<Object> elements = Members.object(collection.eval(frame)).elements();
            while (elements.hasNext()) {
                element.assign(frame, elements.next());
                int end = body.execute(frame);
                if (!goesOn(frame, end)) {
                    return after(end);
                }
            }
            return NEXT;
        }
    }
}
