package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import org.jspecify.annotations.Nullable;

/** Properties and elements. */
public final class Members {
    /** Bytes that a new element of a collection takes, at most and roughly. */
    private static final long ELEMENT = 64;

    private Members() {}

    static BslObject object(Object value) {
        if (value instanceof BslObject object) {
            return object;
        }
        throw Errors.notAnObject();
    }

    /** Объект.Свойство; what was found is remembered for the type it was found in. */
    public static final class Member extends VariableNode {
        /** The property is absent where only the object knows. */
        private record Found(Type type, @Nullable Property property) {}

        private final ExprNode target;
        private final String name;
        private final String key;
        private @Nullable Found found;

        public Member(ExprNode target, String name) {
            this.target = target;
            this.name = name;
            this.key = Names.key(name);
        }

        @Override
        public Object eval(Frame frame) {
            BslObject object = object(value(target, frame));
            Property property = find(object);
            if (property != null) {
                return get(property, object, frame);
            }
            Object value = object.dynamic(key);
            if (value == null) {
                throw Errors.propertyNotFound(name);
            }
            return value;
        }

        private Object get(Property property, BslObject object, Frame frame) {
            if (!property.isReadable()) {
                throw Errors.propertyNotReadable(name);
            }
            frame.execution.check(property.permission());
            return property.get(object, frame.execution);
        }

        @Override
        public void assign(Frame frame, Object value) {
            assign(frame, object(value(target, frame)), value);
        }

        private void assign(Frame frame, BslObject object, Object value) {
            Property property = find(object);
            if (property == null) {
                if (!object.setDynamic(key, value)) {
                    throw object.dynamic(key) == null
                            ? Errors.propertyNotFound(name)
                            : Errors.propertyNotWritable(name);
                }
                return;
            }
            if (!property.isWritable()) {
                throw Errors.propertyNotWritable(name);
            }
            frame.execution.check(property.permission());
            property.set(object, frame.execution, value);
        }

        private @Nullable Property find(BslObject object) {
            Type type = object.type();
            Found known = found;
            if (known == null || known.type != type) {
                known = new Found(type, type.property(key));
                found = known;
            }
            return known.property;
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfProperty(frame.execution, object(value(target, frame)), name);
        }
    }

    /** Объект[Индекс]. */
    public static final class Element extends VariableNode {
        private final ExprNode target;
        private final ExprNode index;

        public Element(ExprNode target, ExprNode index) {
            this.target = target;
            this.index = index;
        }

        @Override
        public Object eval(Frame frame) {
            BslObject object = object(value(target, frame));
            long whole = index instanceof Variables.Local local ? local.evalWhole(frame) : index.evalWhole(frame);
            return whole == NOT_WHOLE ? object.at(frame.other) : object.atWhole(whole);
        }

        @Override
        public void assign(Frame frame, Object value) {
            frame.execution.grow(ELEMENT);
            BslObject object = object(value(target, frame));
            long whole = index instanceof Variables.Local local ? local.evalWhole(frame) : index.evalWhole(frame);
            if (whole == NOT_WHOLE) {
                object.setAt(frame.other, value);
            } else {
                object.setAtWhole(whole, value);
            }
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfElement(object(value(target, frame)), value(index, frame));
        }
    }

    /** A global property. */
    public static final class Global extends VariableNode {
        private final Library.Global global;

        public Global(Library.Global global) {
            this.global = global;
        }

        @Override
        public Object eval(Frame frame) {
            frame.execution.check(global.permission());
            return global.body().get(frame.execution);
        }

        @Override
        public void assign(Frame frame, Object value) {
            throw Errors.propertyNotWritable(global.russian());
        }

        @Override
        public Reference reference(Frame frame) {
            return new References.OfValue(eval(frame));
        }
    }
}
