package dev.tramway.onescript.internal.bind;

/** A variable, element or property of the caller that is given by reference. */
public interface Reference {
    Object get();

    void set(Object value);
}
