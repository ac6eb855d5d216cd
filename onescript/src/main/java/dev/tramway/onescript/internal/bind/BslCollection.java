package dev.tramway.onescript.internal.bind;

/** A value with elements, which is filled if it has any. */
public abstract class BslCollection extends BslObject {
    public abstract int size();

    @Override
    public boolean isFilled() {
        return size() > 0;
    }
}
