package dev.tramway.onescript.internal.bind;

/**
 * How many arguments a built-in takes, and which it may assign to.
 *
 * @param min how many must be given; they cannot be skipped
 * @param max how many may be given
 * @param references bit n tells that argument n, from 0, is a variable of the caller
 */
public record Params(int min, int max, long references) {
    public static final Params NONE = new Params(0, 0, 0);

    private static final int UNLIMITED = 255;

    /** Takes exactly that many. */
    public static Params of(int count) {
        return new Params(count, count, 0);
    }

    /** The arguments after {@code min} are optional. */
    public static Params of(int min, int max) {
        return new Params(min, max, 0);
    }

    public static Params atLeast(int min) {
        return new Params(min, UNLIMITED, 0);
    }

    /** The argument may be assigned to by {@link Call#assign}. */
    public Params byReference(int index) {
        return new Params(min, max, references | 1L << index);
    }

    public boolean isReference(int index) {
        return index < Long.SIZE && (references >> index & 1) != 0;
    }
}
