package dev.tramway.onescript.internal.value;

/** The two values that stand for none. */
public enum Empty {
    UNDEFINED,
    NULL
}
