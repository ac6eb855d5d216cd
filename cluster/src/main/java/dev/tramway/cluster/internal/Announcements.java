package dev.tramway.cluster.internal;

import dev.tramway.Subscription;
import dev.tramway.cluster.ClusterHealth;
import dev.tramway.cluster.ClusterListener;
import dev.tramway.cluster.ClusterNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, one after the other, on a thread of its own. */
final class Announcements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final List<ClusterListener> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("tramway-cluster-events").factory());

    Subscription add(ClusterListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void joined(ClusterNode node) {
        LOG.info("{} ({}) has joined", node.name(), node.id());
        tell(listener -> listener.onNodeJoined(node));
    }

    void left(ClusterNode node) {
        LOG.info("{} ({}) has left", node.name(), node.id());
        tell(listener -> listener.onNodeLeft(node));
    }

    void health(ClusterHealth health) {
        LOG.info("the cluster is {}", health);
        tell(listener -> listener.onHealth(health));
    }

    private void tell(Consumer<ClusterListener> event) {
        try {
            thread.execute(() -> listeners.forEach(listener -> tell(listener, event)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: nobody is told any more");
        }
    }

    private static void tell(ClusterListener listener, Consumer<ClusterListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener of the cluster failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
