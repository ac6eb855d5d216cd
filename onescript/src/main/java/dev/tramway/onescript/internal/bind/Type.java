package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.internal.value.Presentable;
import org.jspecify.annotations.Nullable;

/**
 * A type, which is itself a value of scripts (Тип). Members that every value of the type has are found here, by lower-case
 * names of either language; call sites remember what they found together with the type.
 */
public abstract class Type implements Presentable {
    private final String russian;
    private final String english;

    protected Type(String russian, String english) {
        this.russian = russian;
        this.english = english;
    }

    public final String russian() {
        return russian;
    }

    public final String english() {
        return english;
    }

    /** Finds a method by its lower-case name. */
    public @Nullable Method method(String key) {
        return null;
    }

    /** Finds a property by its lower-case name. */
    public @Nullable Property property(String key) {
        return null;
    }

    /** Makes a value, as Новый does; null where scripts cannot. */
    public @Nullable Callable constructor() {
        return null;
    }

    @Override
    public String present() {
        return russian;
    }

    @Override
    public String toString() {
        return russian;
    }
}
