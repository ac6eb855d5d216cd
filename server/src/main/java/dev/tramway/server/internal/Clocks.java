package dev.tramway.server.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The two clocks of a server: what it tells people is of the machine's clock, which is set now and then, by a day even; what it waits for is of
 * one that only goes on. Used by any thread.
 *
 * @param wall the time
 * @param steady began with the time, and never jumps
 */
public record Clocks(Clock wall, Clock steady) {
    /** Those of this machine. */
    public static Clocks system() {
        return new Clocks(Clock.systemUTC(), new Steady(Instant.now(), System.nanoTime()));
    }

    /** Now. */
    public Moment now() {
        return new Moment(wall.instant(), steady.instant());
    }

    /** When, by the steady clock, it is as late as people have been told. */
    public Instant steadyTimeOf(Instant told) {
        return steady.instant().plus(Duration.between(wall.instant(), told));
    }

    /**
     * A point in time.
     *
     * @param wall as people are told
     * @param steady as waiting is counted
     */
    public record Moment(Instant wall, Instant steady) {
        /** True if this is longer ago than some time. */
        public boolean isLongerAgo(Duration time, Moment now) {
            return now.steady.isAfter(steady.plus(time));
        }
    }

    private static final class Steady extends Clock {
        private final Instant begun;
        private final long begunNanos;

        Steady(Instant begun, long begunNanos) {
            this.begun = begun;
            this.begunNanos = begunNanos;
        }

        @Override
        public Instant instant() {
            return begun.plusNanos(System.nanoTime() - begunNanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this; // an instant has none
        }
    }
}
