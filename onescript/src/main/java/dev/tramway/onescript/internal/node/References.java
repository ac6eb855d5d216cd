package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Reference;

/** What parameters by reference refer to. */
public final class References {
    private References() {}

    /** A mere value: assigning changes nothing outside. */
    public static final class OfValue implements Reference {
        private Object value;

        public OfValue(Object value) {
            this.value = value;
        }

        @Override
        public Object get() {
            return value;
        }

        @Override
        public void set(Object assigned) {
            value = assigned;
        }
    }

    /** A local variable. */
    record OfLocal(Frame frame, int slot) implements Reference {
        @Override
        public Object get() {
            return frame.get(slot);
        }

        @Override
        public void set(Object value) {
            frame.set(slot, value);
        }
    }

    /** A variable of a module. */
    record OfModule(ModuleInstance module, int index) implements Reference {
        @Override
        public Object get() {
            return module.variable(index);
        }

        @Override
        public void set(Object value) {
            module.variable(index, value);
        }
    }

    /** An element. */
    public record OfElement(BslObject object, Object index) implements Reference {
        @Override
        public Object get() {
            return object.at(index);
        }

        @Override
        public void set(Object value) {
            object.setAt(index, value);
        }
    }

    /** A property. */
    record OfProperty(Execution execution, BslObject object, String name) implements Reference {
        @Override
        public Object get() {
            return execution.get(object, name);
        }

        @Override
        public void set(Object value) {
            execution.set(object, name, value);
        }
    }
}
