package dev.tramway.internal.loop;

/** Monotonic time in nanoseconds, so that tests can bring their own. */
@FunctionalInterface
public interface Clock {
    /** The JDK's. */
    Clock SYSTEM = System::nanoTime;

    /** Nanoseconds since some fixed point; differences are what counts. */
    long nanos();
}
