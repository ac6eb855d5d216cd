package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Presentable;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value with members. Those that all values of a type have are declared in its {@link Type}; what only this object knows is
 * answered by the methods below.
 */
public abstract class BslObject implements Presentable {
    public abstract Type type();

    /** Returns what {@code object[index]} means. */
    public Object at(Object index) {
        throw Errors.notIndexed();
    }

    /** Does what {@code object[index] = value} means. */
    public void setAt(Object index, Object value) {
        throw Errors.notIndexed();
    }

    /** Does what {@link #at} does, for a whole number that is no object. */
    public Object atWhole(long index) {
        return at(index);
    }

    /** Does what {@link #setAt} does, for a whole number that is no object. */
    public void setAtWhole(long index, Object value) {
        setAt(index, value);
    }

    /** Iterates for Для Каждого. */
    public Iterator<Object> elements() {
        throw Errors.notIterable();
    }

    /** Returns the value of a property that this object alone has, such as a key of a structure; null if there is none. */
    public @Nullable Object dynamic(String key) {
        return null;
    }

    /** Assigns to a property that this object alone has; false if there is none. */
    public boolean setDynamic(String key, Object value) {
        return false;
    }

    /** Returns the names of the properties that this object alone has. */
    public List<String> dynamicNames() {
        return List.of();
    }

    /** Tells what ЗначениеЗаполнено says. */
    public boolean isFilled() {
        return true;
    }

    @Override
    public String present() {
        return type().present();
    }
}
