package dev.tramway.internal.loop;

import org.jspecify.annotations.Nullable;

/**
 * Knows the threads that must not wait for the end of a server, client or service, because that end waits for them: loops, and
 * the watchdog and threads of the application's executors while they run a handler.
 */
public final class Handling {
    /** How long the end of a server, client or endpoint waits for handlers that do not return. */
    public static final long GRACE_NANOS = 10_000_000_000L;

    private static final ThreadLocal<@Nullable Boolean> INSIDE = new ThreadLocal<>();

    private Handling() {}

    /** Runs a handler on a thread that is no loop's. */
    public static void run(Runnable handler) {
        Boolean before = INSIDE.get();
        INSIDE.set(true);
        try {
            handler.run();
        } finally {
            if (before == null) {
                INSIDE.remove();
            }
        }
    }

    /** True if the calling thread may wait. */
    public static boolean mayWait() {
        return Loop.current() == null && INSIDE.get() == null;
    }
}
