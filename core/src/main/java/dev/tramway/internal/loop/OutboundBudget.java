package dev.tramway.internal.loop;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * How much memory the sessions of a service may together hold for peers that do not keep up. Beyond it the one that holds most is
 * given up, and the next, until the rest is within the limit. Used by any thread; who keeps up never comes here.
 */
public final class OutboundBudget {
    private final long limit;
    private final AtomicLong total = new AtomicLong();
    private final Set<Debt> debts = ConcurrentHashMap.newKeySet();

    /**
     * One for a service.
     *
     * @param limit bytes, 0 for no limit
     */
    OutboundBudget(long limit) {
        this.limit = limit;
    }

    /** True if there is a limit; else nobody need count. */
    public boolean isLimited() {
        return limit > 0;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }

    /**
     * Of one session.
     *
     * @param giveUp called once, by any thread, with what the session holds, if that is too much for all; does not throw
     */
    public Debt newDebt(LongConsumer giveUp) {
        return new Debt(giveUp);
    }

    /** What one session holds for its peer. */
    public final class Debt {
        private final LongConsumer giveUp;
        private volatile long bytes;
        private boolean givenUp;

        private Debt(LongConsumer giveUp) {
            this.giveUp = giveUp;
        }

        /** What was said last. */
        public long bytes() {
            return bytes;
        }

        /** Says how many bytes the session holds now. */
        public void set(long now) {
            if (change(now) && total.get() > limit) {
                relieve();
            }
        }

        /** True if it has grown. */
        private synchronized boolean change(long now) {
            long more = now - bytes;
            if (more == 0 || givenUp) {
                return false;
            }
            bytes = now;
            total.addAndGet(more);
            if (now == 0) {
                debts.remove(this);
            } else {
                debts.add(this);
            }
            return more > 0;
        }

        /** Gives the session up, unless its peer has caught up just now. */
        private void collect() {
            long held = forgive();
            if (held > 0) {
                giveUp.accept(held);
            }
        }

        /** What it holds counts as free from now on, although it is freed only when the callback that is running has returned. */
        private synchronized long forgive() {
            long held = bytes;
            change(0);
            givenUp = held > 0;
            return held;
        }
    }

    /** One thread at a time, so that no more are given up than need be. */
    private synchronized void relieve() {
        while (total.get() > limit) {
            Optional<Debt> largest = debts.stream().max(Comparator.comparingLong(debt -> debt.bytes));
            if (largest.isEmpty()) {
                return;
            }
            largest.get().collect();
        }
    }
}
