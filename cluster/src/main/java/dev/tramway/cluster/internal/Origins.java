package dev.tramway.cluster.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What has come from each node, by the numbers of its broadcasts. Used by one thread. */
final class Origins {
    /** Nodes that are remembered; those not heard of for longest are forgotten first. */
    private static final int MOST = 4096;

    private final Counters counters;
    private final Map<UUID, long[]> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, long[]> eldest) {
            return size() > MOST;
        }
    };

    Origins(Counters counters) {
        this.counters = counters;
    }

    /**
     * Notes a packet of broadcasts; false if it has come before.
     *
     * <p>Of broadcasts to all, every node gets every number, so that a gap is a loss. Of those to groups, only nodes with members
     * do.
     */
    boolean isNew(Packet packet, int messages) {
        boolean toAll = packet.kind() == Packet.Kind.TO_ALL;
        long[] known = last.computeIfAbsent(packet.origin(), origin -> new long[2]);
        int row = toAll ? 0 : 1;
        if (packet.number() <= known[row]) {
            counters.duplicates.increment();
            return false;
        }
        if (toAll && known[row] > 0) {
            counters.missed.add(packet.number() - known[row] - 1);
        }
        known[row] = packet.number() + messages - 1;
        return true;
    }
}
