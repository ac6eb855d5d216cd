package dev.tramway.internal.loop;

/** Something that expires at a time. Lives on one event loop, in its {@link Deadlines}. */
public abstract class Deadline {
    static final int NOT_QUEUED = -1;

    /** Time at which it expires, by the loop's clock; set by {@link Deadlines#set}. */
    long when;

    /** Place in the heap, for removal without search. */
    int index = NOT_QUEUED;

    /** For subclasses. */
    protected Deadline() {}

    /** True while it is waiting to expire. */
    public final boolean isSet() {
        return index != NOT_QUEUED;
    }

    /** Called on the loop once the time has come; may set itself anew. */
    protected abstract void expire();

    /** Called on the loop when it ends before the time has come. */
    protected void abandon() {}
}
