package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs trouble that nobody listens for: the first of a kind with its stack, then at most one line in ten seconds, which says
 * how many were left out. Whoever can cause trouble again and again, a peer that makes a handler throw for instance, could
 * fill the disk otherwise. May be used by any thread.
 */
final class ErrorLog implements Consumer<ErrorEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(IoService.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Far more than a program has; beyond that all is forgotten. */
    private static final int MOST_KINDS = 256;

    private final Clock clock;
    private final Map<String, Kind> kinds = new HashMap<>();

    ErrorLog(Clock clock) {
        this.clock = clock;
    }

    /** What is known of one kind of trouble. */
    private static final class Kind {
        private final long loggedAt;
        private long leftOut;

        Kind(long loggedAt) {
            this.loggedAt = loggedAt;
        }
    }

    @Override
    public void accept(ErrorEvent error) {
        long leftOut = leftOutBefore(kind(error));
        if (leftOut == 0) {
            LOG.warn("{}", error, error.cause().orElse(null));
        } else if (leftOut > 0) {
            LOG.warn("{} ({} more like this were not logged)", error, leftOut);
        }
    }

    /** How many have been left out since the last of its kind was logged; -1 to leave this one out too. */
    private synchronized long leftOutBefore(String name) {
        long now = clock.nanos();
        Kind known = kinds.get(name);
        if (known != null && now - known.loggedAt < PAUSE_NANOS) {
            known.leftOut++;
            return -1;
        }
        if (kinds.size() >= MOST_KINDS) {
            kinds.clear();
        }
        kinds.put(name, new Kind(now));
        return known == null ? 0 : known.leftOut;
    }

    /** Code and place of origin; not the text, which differs from peer to peer. */
    private static String kind(ErrorEvent error) {
        StackTraceElement[] stack =
                error.cause().map(Throwable::getStackTrace).orElseGet(() -> new StackTraceElement[0]);
        return error.category() + " " + error.code() + (stack.length == 0 ? "" : " " + stack[0]);
    }
}
