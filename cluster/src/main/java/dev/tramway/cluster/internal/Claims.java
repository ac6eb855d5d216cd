package dev.tramway.cluster.internal;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names that nodes claim, in a bucket; a name belongs to the node that wrote it last. May be used by any thread.
 *
 * <p>{@link #settle} makes the bucket and what this node wants agree, for one name. It is done after each change here, when another node says that it has
 * taken the name, and for all names when NATS is back. Writes are conditional, so that of two nodes one is told that the other
 * was there; and the one that is replaced is told to look.
 */
public final class Claims implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** Names are settled side by side, each of them in the order of its changes. */
    private static final int LANES = 16;

    /** What JetStream says if a key has another revision than expected. */
    private static final int WRONG_REVISION = 10_071;

    private static final int SIZE = 3 * Long.BYTES;

    private final Bucket bucket;
    private final UUID self;
    private final Others others;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();
    private final List<ExecutorService> lanes;

    /** The other nodes. */
    interface Others {
        boolean isPresent(UUID node);

        /** Has a node look again at a name that it had. */
        void look(UUID node, String name);
    }

    /** What this node wants to have. */
    private static final class Claim {
        private final Runnable onLost;
        private final long since = System.currentTimeMillis();

        /** Used in the name's lane. */
        private boolean had;

        private Claim(Runnable onLost) {
            this.onLost = onLost;
        }
    }

    /** What the bucket says. */
    private record Holder(UUID node, long since, long revision) {}

    /**
     * Prepares it.
     *
     * @param self this node
     */
    Claims(Bucket bucket, UUID self, Others others) {
        this.bucket = bucket;
        this.self = self;
        this.others = others;
        this.lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> Executors.newSingleThreadExecutor(Thread.ofVirtual()
                        .name("tramway-cluster-places-" + lane)
                        .factory()))
                .toList();
    }

    static KeyValueConfiguration bucket(String name, int replicas) {
        return KeyValueConfiguration.builder(name)
                .storageType(StorageType.File)
                .replicas(replicas)
                .build();
    }

    /** See {@link dev.tramway.cluster.Places#claim}. */
    public void claim(String name, Runnable onLost) {
        claims.put(name, new Claim(onLost));
        look(name);
    }

    /** See {@link dev.tramway.cluster.Places#release}. */
    public void release(String name) {
        if (claims.remove(name) != null) {
            look(name);
        }
    }

    /** See {@link dev.tramway.cluster.Places#find}. */
    public CompletableFuture<Optional<UUID>> find(String name) {
        try {
            return CompletableFuture.supplyAsync(() -> present(name), lane(name));
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private Optional<UUID> present(String name) {
        try {
            return holder(Subjects.token(name)).map(Holder::node).filter(others::isPresent);
        } catch (IOException | JetStreamApiException e) {
            throw new CompletionException(e);
        }
    }

    /** Another node may have taken a name. */
    void look(String name) {
        try {
            lane(name).execute(() -> settleOrWait(name));
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: {} is not looked at", name);
        }
    }

    /** NATS is back: anything may have happened, and it may have forgotten all. */
    void lookAtAll() {
        try {
            lane("").execute(() -> {
                make();
                claims.keySet().forEach(this::look);
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: nothing is looked at");
        }
    }

    private ExecutorService lane(String name) {
        return lanes.get(Math.floorMod(name.hashCode(), LANES));
    }

    private void settleOrWait(String name) {
        try {
            while (!settle(name)) {
                LOG.debug("{} has changed meanwhile", name);
            }
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            LOG.debug("{} is settled when NATS is back: {}", name, e.toString());
        }
    }

    /** Makes the bucket and the wish agree; false if somebody else has written meanwhile. */
    private boolean settle(String name) throws IOException, JetStreamApiException {
        String key = Subjects.token(name);
        Optional<Holder> holder = holder(key);
        Optional<Holder> held = holder.filter(one -> one.node().equals(self));
        Claim mine = claims.get(name);
        if (mine == null) {
            return held.isEmpty() || delete(key, held.get().revision());
        }
        if (held.isEmpty()) {
            if (holder.isPresent() && (mine.had || holder.get().since() > mine.since)) {
                lose(name, mine);
                return true;
            }
            if (!write(key, mine.since, holder.map(Holder::revision).orElse(0L))) {
                return false;
            }
            holder.ifPresent(before -> others.look(before.node(), name));
        }
        mine.had = true;
        return true;
    }

    private void lose(String name, Claim mine) {
        if (claims.remove(name, mine)) {
            mine.onLost.run();
        }
    }

    // ---- the bucket -------------------------------------------------------------------------------------------------

    private Optional<Holder> holder(String key) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.open().get(key);
        if (entry == null || entry.getOperation() != KeyValueOperation.PUT) {
            return Optional.empty();
        }
        byte[] value = entry.getValue();
        if (value == null || value.length != SIZE) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(value);
        return Optional.of(new Holder(new UUID(read.getLong(), read.getLong()), read.getLong(), entry.getRevision()));
    }

    private boolean write(String key, long since, long revision) throws IOException, JetStreamApiException {
        byte[] value = ByteBuffer.allocate(SIZE)
                .putLong(self.getMostSignificantBits())
                .putLong(self.getLeastSignificantBits())
                .putLong(since)
                .array();
        try {
            if (revision == 0) {
                bucket.open().create(key, value);
            } else {
                bucket.open().update(key, value, revision);
            }
            return true;
        } catch (JetStreamApiException e) {
            return unlessChanged(e);
        }
    }

    private boolean delete(String key, long revision) throws IOException, JetStreamApiException {
        try {
            bucket.open().purge(key, revision);
            return true;
        } catch (JetStreamApiException e) {
            return unlessChanged(e);
        }
    }

    private static boolean unlessChanged(JetStreamApiException e) throws JetStreamApiException {
        if (e.getApiErrorCode() == WRONG_REVISION) {
            return false;
        }
        throw e;
    }

    /** Makes the bucket, if it is not there. */
    void make() {
        bucket.make();
    }

    @Override
    public void close() {
        lanes.forEach(ExecutorService::shutdown);
    }
}
