package dev.tramway;

import java.time.Duration;

/**
 * What an event loop does when it has nothing to do.
 *
 * <p>A loop that spins answers within a microsecond or two and keeps a core busy. Spinning is refused when the service has
 * as many loops as the machine has cores, or more, because the loops would then take turns on the cores that their peers
 * need; {@link #force()} overrides that.
 *
 * @param window how long a loop looks for work before it blocks; zero blocks at once, {@link #FOREVER} never blocks
 * @param forced true to spin although there are too few cores
 */
public record Waiting(Duration window, boolean forced) {
    /** A span that never ends. */
    public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** Checks that the span is not negative. */
    public Waiting {
        if (window.isNegative()) {
            throw new IllegalArgumentException("spin window: " + window + " (expected: zero or more)");
        }
    }

    /** Blocks in the kernel as soon as there is nothing to do. The default. */
    public static Waiting block() {
        return new Waiting(Duration.ZERO, false);
    }

    /**
     * Spins for a while after the last work, then blocks.
     *
     * @param window how long, for example 50 microseconds
     */
    public static Waiting adaptive(Duration window) {
        return new Waiting(window, false);
    }

    /** Never blocks; the idle hook of the service is called after every empty look. */
    public static Waiting spin() {
        return new Waiting(FOREVER, false);
    }

    /** The same, also where there are too few cores. */
    public Waiting force() {
        return new Waiting(window, true);
    }
}
