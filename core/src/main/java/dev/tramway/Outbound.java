package dev.tramway;

/**
 * How much a session may have queued for a peer that does not read, and what happens beyond that.
 *
 * <p>The limit counts bytes after framing that were accepted and that the kernel has not taken. It is judged only after
 * an attempt to write, so a burst larger than the limit passes as long as the peer keeps up. A single message larger than
 * the limit is taken when nothing else is queued. With {@link Transport#IO_URING} the attempt is over only after the
 * callback that sends, so a burst inside one callback must fit the limit.
 *
 * @param limit bytes, 1 to 2^40; default 1 MiB
 * @param whenFull what happens to a message that does not fit; default {@link WhenFull#DISCONNECT}
 */
public record Outbound(long limit, WhenFull whenFull) {
    /** 1 MiB and {@link WhenFull#DISCONNECT}. */
    public static final Outbound DEFAULT = new Outbound(1 << 20, WhenFull.DISCONNECT);

    /** What happens to a message that finds its session's queue at the limit. */
    public enum WhenFull {
        /** The session is closed with {@link CloseReason.Kind#SLOW_CONSUMER}. */
        DISCONNECT,
        /** The new message is not taken: {@code send} answers {@link SendResult#FULL}, a broadcast counts a drop. */
        DROP_NEWEST,
        /** The oldest whole messages that were not yet handed to the kernel make room and are counted as dropped. */
        DROP_OLDEST
    }

    /** Checks the range of the limit. */
    public Outbound {
        if (limit < 1 || limit > 1L << 40) {
            throw new IllegalArgumentException("outbound limit: " + limit + " (expected: 1 to 2^40 bytes)");
        }
    }

    /**
     * Sets the limit and keeps the default policy.
     *
     * @param bytes most bytes that a session may owe its peer
     */
    public static Outbound limit(long bytes) {
        return new Outbound(bytes, WhenFull.DISCONNECT);
    }

    /**
     * The same limit with another policy.
     *
     * @param policy what happens to a message that does not fit
     */
    public Outbound whenFull(WhenFull policy) {
        return new Outbound(limit, policy);
    }
}
