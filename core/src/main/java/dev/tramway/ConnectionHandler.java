package dev.tramway;

/** Serves one connection in blocking style; when it returns, the connection is flushed and closed. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Runs on a virtual thread of this connection alone.
     *
     * @param connection the connection
     * @throws Exception closes the connection with {@link CloseReason.Kind#HANDLER_FAILED}
     */
    void handle(Connection connection) throws Exception;
}
