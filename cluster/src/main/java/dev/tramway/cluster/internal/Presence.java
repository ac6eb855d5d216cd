package dev.tramway.cluster.internal;

import dev.tramway.cluster.ClusterNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there: each node writes its key into a bucket several times a second, and all watch the bucket. A node that is not heard of for
 * a while is gone.
 *
 * <p>A node watches its own key too. While it does not hear of itself it sees nothing, and judges nobody: NATS may be away, or the
 * watch is broken, which is then begun anew.
 */
final class Presence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private static final Duration BEAT = Duration.ofMillis(300);

    /** Silence after which a node is gone: with the beat between two looks, below two seconds. */
    private static final long GONE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /** The bucket forgets who is silent, so that who comes later does not see the dead. */
    private static final Duration FORGET = Duration.ofSeconds(2);

    /** Told under a lock: must not wait. */
    interface Events {
        void joined(ClusterNode node);

        void left(ClusterNode node);

        /** Presence is kept up to date from now on, or is not any more. */
        void sightChanged();
    }

    /**
     * This node.
     *
     * @param sessions how many it has now
     */
    record Self(UUID id, String name, IntSupplier sessions) {}

    private static final class Peer {
        private ClusterNode node;
        private long seen;

        private Peer(ClusterNode node, long seen) {
            this.node = node;
            this.seen = seen;
        }
    }

    private final Connection connection;
    private final Bucket bucket;
    private final Self self;
    private final Events events;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("tramway-cluster-presence").unstarted(this::run);

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Written under the lock, and read without, so that who is told of a change may ask. */
    private volatile boolean sighted;

    /** Used by the thread alone. */
    private @Nullable NatsKeyValueWatchSubscription watch;

    private long watchingSince;

    /** Guarded by this, as all that follows. */
    private final Map<UUID, Peer> peers = new HashMap<>();

    private long heardOfSelf = System.nanoTime() - GONE_NANOS;
    private long sightedSince;

    /** Prepares it; {@link #start} begins. */
    Presence(Connection connection, Bucket bucket, Self self, Events events) {
        this.connection = connection;
        this.bucket = bucket;
        this.self = self;
        this.events = events;
    }

    static KeyValueConfiguration bucket(String name, int replicas) {
        return KeyValueConfiguration.builder(name)
                .ttl(FORGET)
                .storageType(StorageType.Memory)
                .replicas(replicas)
                .build();
    }

    void start() {
        thread.start();
    }

    /** The others. */
    synchronized List<ClusterNode> nodes() {
        List<ClusterNode> nodes = new ArrayList<>();
        peers.values().forEach(peer -> nodes.add(peer.node));
        return nodes;
    }

    synchronized boolean isPresent(UUID node) {
        return node.equals(self.id()) || peers.containsKey(node);
    }

    /** Whether presence is kept up to date. */
    boolean isSighted() {
        return sighted;
    }

    private void run() {
        try {
            do {
                judge();
                beat();
            } while (!closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS));
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- this node --------------------------------------------------------------------------------------------------

    private void beat() throws InterruptedException {
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            return;
        }
        try {
            KeyValue bucketNow = bucket.open();
            if (watch == null || isWatchBroken()) {
                watchAnew(bucketNow);
            }
            bucketNow.put(self.id().toString(), state());
        } catch (JetStreamApiException | IOException | RuntimeException e) {
            LOG.debug("presence is not kept: {}", e.toString());
            bucket.make();
        }
    }

    private byte[] state() {
        byte[] name = self.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(self.sessions().getAsInt())
                .put(name)
                .array();
    }

    private synchronized boolean isWatchBroken() {
        long now = System.nanoTime();
        return now - watchingSince > GONE_NANOS && now - heardOfSelf > GONE_NANOS;
    }

    private void watchAnew(KeyValue from) throws IOException, JetStreamApiException, InterruptedException {
        stopWatching();
        watch = from.watchAll(new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                heard(entry);
            }

            @Override
            public void endOfData() {}
        });
        watchingSince = System.nanoTime();
    }

    private void stopWatching() {
        NatsKeyValueWatchSubscription old = watch;
        watch = null;
        if (old != null) {
            try {
                old.unsubscribe();
            } catch (RuntimeException gone) {
                LOG.debug("the watch had ended: {}", gone.toString());
            }
        }
    }

    private void leave() {
        stopWatching();
        if (connection.getStatus() == Connection.Status.CONNECTED) {
            try {
                bucket.open().delete(self.id().toString());
            } catch (JetStreamApiException | IOException | RuntimeException e) {
                LOG.debug("left without a word: {}", e.toString());
            }
        }
    }

    // ---- the others -------------------------------------------------------------------------------------------------

    private void heard(KeyValueEntry entry) {
        try {
            UUID id = UUID.fromString(entry.getKey());
            byte[] state = entry.getValue();
            if (entry.getOperation() != KeyValueOperation.PUT || state == null) {
                gone(id);
            } else {
                present(read(id, ByteBuffer.wrap(state)));
            }
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            LOG.debug("not a node: {}", entry.getKey());
        }
    }

    private static ClusterNode read(UUID id, ByteBuffer state) {
        int sessions = state.getInt();
        return new ClusterNode(id, StandardCharsets.UTF_8.decode(state).toString(), sessions);
    }

    private synchronized void present(ClusterNode node) {
        long now = System.nanoTime();
        if (node.id().equals(self.id())) {
            heardOfSelf = now;
            return;
        }
        Peer peer = peers.get(node.id());
        if (peer == null) {
            peers.put(node.id(), new Peer(node, now));
            events.joined(node);
        } else {
            peer.node = node;
            peer.seen = now;
        }
    }

    private synchronized void gone(UUID id) {
        Peer peer = peers.remove(id);
        if (peer != null) {
            events.left(peer.node);
        }
    }

    /** Nobody is judged by what was not heard while nothing could be. */
    private synchronized void judge() {
        long now = System.nanoTime();
        boolean sightedNow = now - heardOfSelf < GONE_NANOS / 2;
        if (sightedNow != sighted) {
            sighted = sightedNow;
            sightedSince = now;
            events.sightChanged();
        }
        if (sighted) {
            List<Peer> silent = new ArrayList<>(peers.values());
            silent.removeIf(peer -> now - peer.seen < GONE_NANOS || now - sightedSince < GONE_NANOS);
            silent.forEach(peer -> gone(peer.node.id()));
        }
    }

    /** Tells the others, and ends. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(2 * Bucket.ANSWER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
