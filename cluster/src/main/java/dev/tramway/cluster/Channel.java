package dev.tramway.cluster;

import dev.tramway.SendResult;
import dev.tramway.cluster.internal.Node;
import java.nio.ByteBuffer;

/**
 * Messages between nodes under a name, for who has sessions in several servers of one process, or none; got by {@link NatsCluster#channel}. May be
 * used by any thread. What is said of {@link dev.tramway.SharedGroup} for sessions of other nodes holds for their listeners.
 */
public final class Channel {
    private final Node node;
    private final String name;

    Channel(Node node, String name) {
        this.node = node;
        this.name = name;
    }

    /**
     * Sends a message to the listeners of the channel on all other nodes.
     *
     * @param message from position to limit; neither is moved
     * @return {@link SendResult#FULL} if there is no room on the way: then nobody gets it; {@link SendResult#ACCEPTED} also while NATS is away,
     *     when it waits as far as there is room, and is else dropped and counted
     */
    public SendResult send(ByteBuffer message) {
        return node.sendTo(name, message);
    }
}
