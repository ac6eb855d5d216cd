package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;

/** Operators; each has a short way for whole numbers. */
public final class Operators {
    private Operators() {}

    abstract static class Binary extends ExprNode {
        final ExprNode left;
        final ExprNode right;

        Binary(ExprNode left, ExprNode right) {
            this.left = left;
            this.right = right;
        }
    }

    /** A condition: what it evaluates to follows from its test. */
    abstract static class Condition extends Binary {
        Condition(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public final Object eval(Frame frame) {
            return test(frame);
        }

        @Override
        public abstract boolean test(Frame frame);
    }

    /** А + Б: sum, date plus seconds, or concatenation. */
    public static final class Add extends Binary {
        public Add(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            Object a = value(left, frame);
            Object b = value(right, frame);
            if (a instanceof Long x && b instanceof Long y) {
                long sum = x + y;
                if (((x ^ sum) & (y ^ sum)) >= 0) {
                    return sum;
                }
            }
            return add(frame, a, b);
        }

        private static Object add(Frame frame, Object a, Object b) {
            if (a instanceof String text) {
                String more = Values.toText(b);
                frame.execution.grow(2L * (text.length() + more.length()));
                return text.concat(more);
            }
            if (a instanceof BslDate date) {
                return BslDate.at(date.seconds() + Numbers.toLong(Values.toNumber(b)));
            }
            return Numbers.add(Values.toNumber(a), Values.toNumber(b));
        }
    }

    /** А - Б: difference, also of dates in seconds, or date minus seconds. */
    public static final class Subtract extends Binary {
        public Subtract(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            Object a = value(left, frame);
            Object b = value(right, frame);
            if (a instanceof Long x && b instanceof Long y) {
                long difference = x - y;
                if (((x ^ y) & (x ^ difference)) >= 0) {
                    return difference;
                }
            }
            return subtract(a, b);
        }

        private static Object subtract(Object a, Object b) {
            if (a instanceof BslDate date) {
                return b instanceof BslDate other
                        ? (Object) (date.seconds() - other.seconds())
                        : BslDate.at(date.seconds() - Numbers.toLong(Values.toNumber(b)));
            }
            return Numbers.subtract(Values.toNumber(a), Values.toNumber(b));
        }
    }

    /** А * Б. */
    public static final class Multiply extends Binary {
        public Multiply(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return Numbers.multiply(Values.toNumber(value(left, frame)), Values.toNumber(value(right, frame)));
        }
    }

    /** А / Б. */
    public static final class Divide extends Binary {
        public Divide(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return Numbers.divide(Values.toNumber(value(left, frame)), Values.toNumber(value(right, frame)));
        }
    }

    /** А % Б. */
    public static final class Remainder extends Binary {
        public Remainder(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return Numbers.remainder(Values.toNumber(value(left, frame)), Values.toNumber(value(right, frame)));
        }
    }

    /** -А, or +А, which makes a number of it. */
    public static final class Sign extends ExprNode {
        private final ExprNode operand;
        private final boolean minus;

        public Sign(ExprNode operand, boolean minus) {
            this.operand = operand;
            this.minus = minus;
        }

        @Override
        public Object eval(Frame frame) {
            Object number = Values.toNumber(value(operand, frame));
            return minus ? Numbers.negate(number) : number;
        }
    }

    /** А = Б, А <> Б. */
    public static final class Equal extends Condition {
        private final boolean wanted;

        public Equal(ExprNode left, ExprNode right, boolean wanted) {
            super(left, right);
            this.wanted = wanted;
        }

        @Override
        public boolean test(Frame frame) {
            return Values.equal(value(left, frame), value(right, frame)) == wanted;
        }
    }

    /** А < Б; А >= Б is its opposite. */
    public static final class Less extends Condition {
        private final boolean wanted;

        public Less(ExprNode left, ExprNode right, boolean wanted) {
            super(left, right);
            this.wanted = wanted;
        }

        @Override
        public boolean test(Frame frame) {
            Object a = value(left, frame);
            Object b = value(right, frame);
            boolean less = (a instanceof Long x && b instanceof Long y) ? x < y : Values.compare(a, b) < 0;
            return less == wanted;
        }
    }

    /** А > Б; А <= Б is its opposite. */
    public static final class Greater extends Condition {
        private final boolean wanted;

        public Greater(ExprNode left, ExprNode right, boolean wanted) {
            super(left, right);
            this.wanted = wanted;
        }

        @Override
        public boolean test(Frame frame) {
            Object a = value(left, frame);
            Object b = value(right, frame);
            boolean greater = (a instanceof Long x && b instanceof Long y) ? x > y : Values.compare(a, b) > 0;
            return greater == wanted;
        }
    }

    /** А И Б. */
    public static final class And extends Condition {
        public And(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public boolean test(Frame frame) {
            return left.test(frame) && right.test(frame);
        }
    }

    /** А Или Б. */
    public static final class Or extends Condition {
        public Or(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public boolean test(Frame frame) {
            return left.test(frame) || right.test(frame);
        }
    }

    /** Не А. */
    public static final class Not extends ExprNode {
        private final ExprNode operand;

        public Not(ExprNode operand) {
            this.operand = operand;
        }

        @Override
        public Object eval(Frame frame) {
            return test(frame);
        }

        @Override
        public boolean test(Frame frame) {
            return !operand.test(frame);
        }
    }

    /** ?(Условие, А, Б). */
    public static final class Ternary extends ExprNode {
        private final ExprNode condition;
        private final ExprNode then;
        private final ExprNode otherwise;

        public Ternary(ExprNode condition, ExprNode then, ExprNode otherwise) {
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        public Object eval(Frame frame) {
            return condition.test(frame) ? then.eval(frame) : otherwise.eval(frame);
        }
    }
}
