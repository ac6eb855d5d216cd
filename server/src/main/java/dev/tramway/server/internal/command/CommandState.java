package dev.tramway.server.internal.command;

/** Where a command has got to. */
public enum CommandState {
    /** Waits for its device, or for its turn on the line. */
    QUEUED,
    /** Was handed to the connection; its answer is awaited, if the definition names one. */
    SENT,
    /** The device has answered that it was done. */
    CONFIRMED,
    /** The device refused it, did not answer in time, or the connection was lost before it answered. */
    FAILED,
    /** Its device did not come in time; it was never sent. */
    EXPIRED,
    /** Was taken back; it was never sent. */
    CANCELLED;

    /** True if nothing follows. A command without an answer ends as {@link #SENT}; see {@link CommandView#isOver}. */
    public boolean isFinal() {
        return this != QUEUED && this != SENT;
    }
}
