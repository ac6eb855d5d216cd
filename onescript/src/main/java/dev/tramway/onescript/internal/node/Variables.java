package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.value.Errors;

/** Names that are variables, and constants. */
public final class Variables {
    private Variables() {}

    /** A constant. */
    public static final class Constant extends ExprNode {
        final Object value;
        private final long whole;

        public Constant(Object value) {
            this.value = value;
            this.whole = value instanceof Long number ? number : NOT_WHOLE;
        }

        @Override
        public Object eval(Frame frame) {
            return value;
        }

        @Override
        public long evalWhole(Frame frame) {
            if (whole == NOT_WHOLE) {
                frame.other = value;
            }
            return whole;
        }
    }

    /** A local variable, or a parameter that is never assigned to. */
    public static final class Local extends VariableNode {
        final int slot;

        public Local(int slot) {
            this.slot = slot;
        }

        @Override
        public Object eval(Frame frame) {
            return frame.get(slot);
        }

        @Override
        public long evalWhole(Frame frame) {
            return frame.getWhole(slot);
        }

        @Override
        public void assign(Frame frame, Object value) {
            frame.set(slot, value);
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfLocal(frame, slot);
        }
    }

    /** A parameter by reference. */
    public static final class Parameter extends VariableNode {
        private final int slot;

        public Parameter(int slot) {
            this.slot = slot;
        }

        @Override
        public Object eval(Frame frame) {
            return reference(frame).get();
        }

        @Override
        public void assign(Frame frame, Object value) {
            reference(frame).set(value);
        }

        @Override
        public Reference reference(Frame frame) {
            return (Reference) frame.get(slot);
        }
    }

    /** A variable of the module. */
    public static final class ModuleVariable extends VariableNode {
        private final int index;

        public ModuleVariable(int index) {
            this.index = index;
        }

        @Override
        public Object eval(Frame frame) {
            return frame.self.variable(index);
        }

        @Override
        public void assign(Frame frame, Object value) {
            frame.self.variable(index, value);
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfModule(frame.self, index);
        }
    }

    /** A name that whoever loaded the module gave. */
    public static final class Injected extends VariableNode {
        private final int index;
        private final String name;

        public Injected(int index, String name) {
            this.index = index;
            this.name = name;
        }

        @Override
        public Object eval(Frame frame) {
            return frame.self.injected(index);
        }

        @Override
        public void assign(Frame frame, Object value) {
            throw Errors.propertyNotWritable(name);
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfValue(eval(frame));
        }
    }

    /** ЭтотОбъект. */
    public static final class ThisObject extends ExprNode {
        @Override
        public Object eval(Frame frame) {
            return frame.self;
        }
    }

    /** An argument that was skipped. It is never evaluated. */
    public static final class Skipped extends ExprNode {
        @Override
        public Object eval(Frame frame) {
            throw Errors.missingArgument();
        }
    }
}
