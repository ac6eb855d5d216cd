package dev.tramway.cluster;

/** Hears who is present. Methods are called one after the other by one thread of the cluster's own, and should not block it. */
public interface ClusterListener {
    /**
     * Another node is present.
     *
     * @param node the new one
     */
    default void onNodeJoined(ClusterNode node) {}

    /**
     * Another node has left in order, or has not been heard of for a second and a half.
     *
     * @param node as it was known last
     */
    default void onNodeLeft(ClusterNode node) {}

    /**
     * The node reaches the others better or worse than before.
     *
     * @param health from now on
     */
    default void onHealth(ClusterHealth health) {}
}
