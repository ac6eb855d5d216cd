package dev.tramway.server.internal.command;

import dev.tramway.SendResult;

/** The connection of a device, as its commands see it. */
public interface Line {
    /**
     * Sends a frame; called on the connection's thread. What is not accepted was not sent, not even in part.
     *
     * @param frame all of it
     */
    SendResult send(byte[] frame);

    /**
     * Runs a task on the connection's thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if there is none any more
     */
    void execute(Runnable task);
}
