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

    /**
     * An operator on numbers, mostly whole ones. Each evaluates its operands by itself rather than by common code, so that the JIT
     * compiler sees which kinds of operands each has, and can inline them.
     */
    abstract static class Arithmetic extends Binary {
        Arithmetic(ExprNode left, ExprNode right) {
            super(left, right);
        }

        /** Computes the long way, when the left operand is no whole number. */
        final long withOther(Frame frame) {
            Object a = frame.other;
            return frame.whole(compute(frame, a, value(right, frame)));
        }

        /** Computes the long way, when only the right one is none. */
        final long withOther(Frame frame, long a) {
            return frame.whole(compute(frame, a, frame.other));
        }

        abstract Object compute(Frame frame, Object a, Object b);
    }

    /** А + Б: sum, date plus seconds, or concatenation. */
    public static final class Add extends Arithmetic {
        public Add(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return frame.object(evalWhole(frame));
        }

        @Override
        public long evalWhole(Frame frame) {
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return withOther(frame);
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            if (b == NOT_WHOLE) {
                return withOther(frame, a);
            }
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) < 0 || sum == NOT_WHOLE ? frame.whole(compute(frame, a, b)) : sum;
        }

        @Override
        Object compute(Frame frame, Object a, Object b) {
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
    public static final class Subtract extends Arithmetic {
        public Subtract(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return frame.object(evalWhole(frame));
        }

        @Override
        public long evalWhole(Frame frame) {
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return withOther(frame);
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            if (b == NOT_WHOLE) {
                return withOther(frame, a);
            }
            long difference = a - b;
            return ((a ^ b) & (a ^ difference)) < 0 || difference == NOT_WHOLE
                    ? frame.whole(compute(frame, a, b))
                    : difference;
        }

        @Override
        Object compute(Frame frame, Object a, Object b) {
            if (a instanceof BslDate date) {
                return b instanceof BslDate other
                        ? (Object) (date.seconds() - other.seconds())
                        : BslDate.at(date.seconds() - Numbers.toLong(Values.toNumber(b)));
            }
            return Numbers.subtract(Values.toNumber(a), Values.toNumber(b));
        }
    }

    /** А * Б. */
    public static final class Multiply extends Arithmetic {
        public Multiply(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return frame.object(evalWhole(frame));
        }

        @Override
        public long evalWhole(Frame frame) {
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return withOther(frame);
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            if (b == NOT_WHOLE) {
                return withOther(frame, a);
            }
            long product = a * b;
            return Math.multiplyHigh(a, b) != product >> 63 || product == NOT_WHOLE
                    ? frame.whole(compute(frame, a, b))
                    : product;
        }

        @Override
        Object compute(Frame frame, Object a, Object b) {
            return Numbers.multiply(Values.toNumber(a), Values.toNumber(b));
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
    public static final class Remainder extends Arithmetic {
        public Remainder(ExprNode left, ExprNode right) {
            super(left, right);
        }

        @Override
        public Object eval(Frame frame) {
            return frame.object(evalWhole(frame));
        }

        @Override
        public long evalWhole(Frame frame) {
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return withOther(frame);
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            if (b == NOT_WHOLE) {
                return withOther(frame, a);
            }
            return b == 0 ? frame.whole(compute(frame, a, b)) : remainder(a, b);
        }

        /** Processors divide short numbers much faster. */
        private static long remainder(long a, long b) {
            return a == (int) a && b == (int) b ? (int) a % (int) b : a % b;
        }

        @Override
        Object compute(Frame frame, Object a, Object b) {
            return Numbers.remainder(Values.toNumber(a), Values.toNumber(b));
        }
    }

    /**
     * А % Б where Б is a positive constant: two multiplications instead of a division, which takes several times as long. It holds
     * for operands of 31 bits; see Lemire, Kaser and Kurz, Faster remainder by direct computation, 2019.
     */
    public static final class RemainderOfConstant extends Arithmetic {
        private final long divisor;
        private final long inverse;

        private RemainderOfConstant(ExprNode left, ExprNode right, long divisor) {
            super(left, right);
            this.divisor = divisor;
            this.inverse = Long.divideUnsigned(-1, divisor) + 1;
        }

        @Override
        public Object eval(Frame frame) {
            return frame.object(evalWhole(frame));
        }

        @Override
        public long evalWhole(Frame frame) {
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a >= 0 && a <= Integer.MAX_VALUE) {
                return Math.unsignedMultiplyHigh(inverse * a, divisor);
            }
            return a == NOT_WHOLE ? withOther(frame) : a % divisor;
        }

        @Override
        Object compute(Frame frame, Object a, Object b) {
            return Numbers.remainder(Values.toNumber(a), Values.toNumber(b));
        }
    }

    /** Makes the node of А % Б. */
    public static ExprNode remainder(ExprNode left, ExprNode right) {
        return right instanceof Variables.Constant constant
                        && constant.value instanceof Long divisor
                        && divisor > 0
                        && divisor <= Integer.MAX_VALUE
                ? new RemainderOfConstant(left, right, divisor)
                : new Remainder(left, right);
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
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return Values.equal(frame.other, value(right, frame)) == wanted;
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            boolean equal = b == NOT_WHOLE ? Values.equal(a, frame.other) : a == b;
            return equal == wanted;
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
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return (Values.compare(frame.other, value(right, frame)) < 0) == wanted;
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            boolean less = b == NOT_WHOLE ? Values.compare(a, frame.other) < 0 : a < b;
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
            long a = left instanceof Variables.Local local ? local.evalWhole(frame) : left.evalWhole(frame);
            if (a == NOT_WHOLE) {
                return (Values.compare(frame.other, value(right, frame)) > 0) == wanted;
            }
            long b = right instanceof Variables.Local local ? local.evalWhole(frame) : right.evalWhole(frame);
            boolean greater = b == NOT_WHOLE ? Values.compare(a, frame.other) > 0 : a > b;
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
