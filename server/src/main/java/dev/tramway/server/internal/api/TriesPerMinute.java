package dev.tramway.server.internal.api;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens, by address and in all, within a minute. The same wrong one again is no other guess: a page whose token
 * was changed shows the old one with each of its requests. May be used by any thread.
 */
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
    private Count all = new Count(0, 0, 0);

    private record Count(long since, int tries, int last) {
        Count next(long now, int token) {
            return now - since > MINUTE || tries == 0 ? new Count(now, 1, token) : new Count(since, tries + 1, token);
        }

        boolean reaches(int most, long now) {
            return tries >= most && now - since <= MINUTE;
        }
    }

    TriesPerMinute(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Notes a wrong token.
     *
     * @param token a hash of it
     */
    synchronized void failed(InetAddress from, int token) {
        long now = clock.getAsLong();
        Count count = counts.getOrDefault(from, new Count(now, 0, 0));
        if (count.tries() == 0 || count.last() != token) {
            all = all.next(now, token);
            counts.put(from, count.next(now, token));
        }
    }

    synchronized boolean isExhausted(InetAddress from) {
        long now = clock.getAsLong();
        return all.reaches(IN_ALL, now)
                || counts.getOrDefault(from, new Count(now, 0, 0)).reaches(PER_ADDRESS, now);
    }
}
