package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;

/** A property that every value of a type has. */
public abstract class Property {
    private final String russian;
    private final String english;
    private final Permission permission;

    protected Property(String russian, String english, Permission permission) {
        this.russian = russian;
        this.english = english;
        this.permission = permission;
    }

    public final String russian() {
        return russian;
    }

    public final String english() {
        return english;
    }

    public final Permission permission() {
        return permission;
    }

    public abstract boolean isReadable();

    public abstract boolean isWritable();

    public abstract Object get(BslObject self, Context context);

    public abstract void set(BslObject self, Context context, Object value);
}
