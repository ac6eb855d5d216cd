package dev.tramway.internal.tcp;

import dev.tramway.ConnectionHandler;
import dev.tramway.Framing;
import dev.tramway.KeepAlive;
import dev.tramway.Outbound;
import dev.tramway.internal.tls.TlsSettings;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one port or client have in common; immutable. Times in nanoseconds, 0 for none; a peer that is owed
 * something must take {@code leastWritten} bytes in each write time.
 */
record SessionConfig(
        Framing framing,
        @Nullable TlsSettings tls,
        Outbound outbound,
        boolean noDelay,
        @Nullable KeepAlive keepAlive,
        int receiveBuffer,
        int sendBuffer,
        long handshakeTimeout,
        long idleTimeout,
        long firstByteTimeout,
        long writeTimeout,
        long leastWritten,
        @Nullable Executor handlers,
        @Nullable ConnectionHandler blocking) {

    /** True if any deadline has to be watched after the handshake. */
    boolean hasDeadlines() {
        return idleTimeout > 0 || firstByteTimeout > 0 || writeTimeout > 0;
    }
}
