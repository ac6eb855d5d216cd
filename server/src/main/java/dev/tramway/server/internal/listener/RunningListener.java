package dev.tramway.server.internal.listener;

import dev.tramway.ServerStats;
import dev.tramway.StopReport;
import dev.tramway.UdpStats;
import dev.tramway.server.internal.config.ListenerConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A listener that runs. May be used by any thread. */
public interface RunningListener {
    /** How it was configured. */
    ListenerConfig config();

    /** Where it listens, or sends to. */
    List<InetSocketAddress> addresses();

    /** What has passed since it was started. */
    Traffic traffic();

    /** True if what it was made of is still the same, beyond its configuration. */
    default boolean isCurrent() {
        return true;
    }

    /**
     * Stops: nobody new is let in, what is owed is sent, then all is closed.
     *
     * @param drain longest time
     */
    CompletableFuture<StopReport> stop(Duration drain);

    /**
     * What has passed.
     *
     * @param sessions connections open now; of datagrams, peers
     * @param accepted connections so far
     * @param refused connections that a limit refused
     * @param messagesIn messages received
     * @param messagesOut messages sent
     * @param bytesIn bytes received
     * @param bytesOut bytes sent
     */
    record Traffic(
            long sessions,
            long accepted,
            long refused,
            long messagesIn,
            long messagesOut,
            long bytesIn,
            long bytesOut) {
        /** Nothing. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0);

        /** Both together. */
        public Traffic plus(Traffic other) {
            return new Traffic(
                    sessions + other.sessions,
                    accepted + other.accepted,
                    refused + other.refused,
                    messagesIn + other.messagesIn,
                    messagesOut + other.messagesOut,
                    bytesIn + other.bytesIn,
                    bytesOut + other.bytesOut);
        }

        /** That of a server. */
        public static Traffic of(ServerStats stats) {
            return new Traffic(
                    stats.sessions(),
                    stats.accepted(),
                    stats.refused(),
                    stats.messagesReceived(),
                    stats.messagesSent(),
                    stats.bytesReceived(),
                    stats.bytesSent());
        }

        /** That of an endpoint. */
        public static Traffic of(UdpStats stats, long peers) {
            return new Traffic(
                    peers,
                    0,
                    0,
                    stats.datagramsReceived(),
                    stats.datagramsSent(),
                    stats.bytesReceived(),
                    stats.bytesSent());
        }
    }
}
