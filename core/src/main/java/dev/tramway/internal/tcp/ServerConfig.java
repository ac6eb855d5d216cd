package dev.tramway.internal.tcp;

import dev.tramway.Cluster;
import dev.tramway.SessionListener;
import java.util.List;
import java.util.Optional;

/** Configuration of a server; immutable. Limits are 0 for none. */
record ServerConfig(
        Optional<String> address,
        List<PortConfig> ports,
        int backlog,
        boolean reuseAddress,
        boolean reusePort,
        int maxSessions,
        int maxSessionsPerAddress,
        int acceptRate,
        Optional<Cluster> cluster,
        List<SessionListener> listeners) {

    /**
     * One port.
     *
     * @param port number, 0 for the system's choice
     * @param sessions options of its sessions
     * @param listeners those of the port alone
     */
    record PortConfig(int port, SessionConfig sessions, List<SessionListener> listeners) {}
}
