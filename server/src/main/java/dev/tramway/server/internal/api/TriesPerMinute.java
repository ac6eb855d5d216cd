package dev.tramway.server.internal.api;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts wrong tokens, by address and in all, within a minute. May be used by any thread. */
final class TriesPerMinute {
    static final int PER_ADDRESS = 5;
    static final int IN_ALL = 100;

    private static final int ADDRESSES = 1_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private final Map<InetAddress, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Count> eldest) {
            return size() > ADDRESSES;
        }
    };
    private Count all = new Count(0, 0);

    private record Count(long since, int tries) {
        Count next(long now) {
            return now - since > MINUTE || tries == 0 ? new Count(now, 1) : new Count(since, tries + 1);
        }

        boolean reaches(int most, long now) {
            return tries >= most && now - since <= MINUTE;
        }
    }

    TriesPerMinute(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void failed(InetAddress from) {
        long now = clock.getAsLong();
        all = all.next(now);
        counts.put(from, counts.getOrDefault(from, new Count(now, 0)).next(now));
    }

    synchronized boolean isExhausted(InetAddress from) {
        long now = clock.getAsLong();
        return all.reaches(IN_ALL, now)
                || counts.getOrDefault(from, new Count(now, 0)).reaches(PER_ADDRESS, now);
    }
}
