package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;

/** A method of a type, written in Java or in a script. */
public abstract class Method extends Callable {
    protected Method(String russian, String english, Params params, Permission permission, boolean function) {
        super(russian, english, params, permission, function);
    }

    /** Calls it. Number of arguments and permission have been checked; a procedure returns Неопределено. */
    public abstract Object invoke(BslObject self, Call call);
}
