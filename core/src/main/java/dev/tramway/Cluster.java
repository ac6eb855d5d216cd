package dev.tramway;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What joins the servers of several processes into one, such as the module {@code dev.tramway.cluster}. Applications make one,
 * give it to {@link TcpServer.Builder#cluster}, and use {@link Group#everywhere}; the methods here are called by the server.
 */
public interface Cluster {
    /** A random id of this node, which the server that joins has as its own. */
    UUID id();

    /**
     * Joins a server. It is called before the server starts, and once for each that is configured with this cluster.
     *
     * @param server delivers what comes from other nodes; may not run yet, and may have stopped
     * @param writable to be called, by any thread, when there is room again after {@link Link#isWritable} was false
     * @return how the server reaches the others
     * @throws IllegalStateException if another running server has joined
     */
    Link join(TcpServer server, Runnable writable);

    /** How a server reaches the other nodes. Called by any thread, also by event loops: no method waits for the network. */
    interface Link {
        /** False while producers should wait, because what is under way is at its limit. */
        boolean isWritable();

        /**
         * Sends a message to the members of a group on all other nodes; what finds no room is dropped and counted.
         *
         * @param group a name, empty for all sessions
         * @param message from position to limit; copied before the method returns
         */
        void broadcast(Optional<String> group, ByteBuffer message);

        /**
         * A group has its first member on this node. Calls for one name come in order.
         *
         * @param group its name
         */
        void groupOpened(String group);

        /**
         * A group has lost its last member on this node.
         *
         * @param group its name
         */
        void groupClosed(String group);

        /**
         * Counts the members of a group on all other nodes.
         *
         * @param group a name, empty for all sessions
         * @return the sum of the nodes that answer in time
         */
        CompletableFuture<Long> size(Optional<String> group);

        /**
         * Sends a message to one session of another node.
         *
         * @param session whom
         * @param message from position to limit; copied before the method returns
         * @return see {@link TcpServer#send(SessionAddress, ByteBuffer)}
         */
        CompletableFuture<SendResult> send(SessionAddress session, ByteBuffer message);

        /**
         * Closes one session of another node.
         *
         * @param session which
         * @return see {@link TcpServer#disconnect(SessionAddress)}
         */
        CompletableFuture<Boolean> disconnect(SessionAddress session);
    }
}
