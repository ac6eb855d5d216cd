package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;

/** What can be called with arguments: a method, a global function, a constructor. */
public abstract class Callable {
    private final String russian;
    private final String english;
    private final Params params;
    private final Permission permission;
    private final boolean function;

    protected Callable(String russian, String english, Params params, Permission permission, boolean function) {
        this.russian = russian;
        this.english = english;
        this.params = params;
        this.permission = permission;
        this.function = function;
    }

    public final String russian() {
        return russian;
    }

    public final String english() {
        return english;
    }

    public final Params params() {
        return params;
    }

    public final Permission permission() {
        return permission;
    }

    /** Tells whether it returns a value. */
    public final boolean isFunction() {
        return function;
    }
}
