package dev.tramway.frames.internal.secure;

/** Remembers which of the last 64 numbers have come, so that none is taken twice. */
public final class Window {
    private static final int SIZE = 64;

    private long highest = -1;
    private long seen;

    /** The number whose low bits these are and that lies nearest to the highest so far; -1 if there is none. */
    public long complete(int low, int bits) {
        long span = 1L << bits;
        long guess = ((highest < 0 ? 0 : highest) & -span) | low;
        if (guess + span / 2 < highest) {
            guess += span;
        } else if (guess - span / 2 > highest && guess >= span) {
            guess -= span;
        }
        return guess;
    }

    /** True if a number is new and not too old. */
    public boolean isFresh(long number) {
        if (number > highest) {
            return true;
        }
        long age = highest - number;
        return age < SIZE && ((seen >>> age) & 1) == 0;
    }

    /** Notes a number, once it is known to be genuine. */
    public void note(long number) {
        if (number > highest) {
            long ahead = number - highest;
            seen = ahead >= SIZE ? 1 : (seen << ahead) | 1;
            highest = number;
        } else {
            seen |= 1L << (highest - number);
        }
    }
}
