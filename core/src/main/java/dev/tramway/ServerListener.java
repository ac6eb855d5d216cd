package dev.tramway;

/** Hears what happens to a server and to all its sessions. Server events come on one of the server's event loops. */
public interface ServerListener extends SessionListener {
    /**
     * All ports are bound and accept connections.
     *
     * @param server the server
     */
    default void onStarted(TcpServer server) {}

    /**
     * The last session of a server that stops has ended.
     *
     * @param server the server
     * @param report what was drained and what was cut
     */
    default void onStopped(TcpServer server, StopReport report) {}

    /**
     * A broadcast that answered {@link SendResult#FULL} may be tried again.
     *
     * @param server the server
     */
    default void onWritable(TcpServer server) {}

    /**
     * Trouble that belongs to no session, such as a failing accept. Repeats are told at most once a minute.
     *
     * @param server the server
     * @param error category, code and text
     */
    default void onError(TcpServer server, ErrorEvent error) {}
}
