package dev.tramway.server.internal.command;

/** A command cannot be taken. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** There is no such device, or no such part of it. */
        UNKNOWN_DEVICE,
        /** There is no such command. */
        UNKNOWN_COMMAND,
        /** An argument is missing, unknown, or out of range. */
        BAD_ARGUMENT,
        /** What the device speaks is not known yet. */
        UNKNOWN_PROTOCOL,
        /** Too many wait for the device. */
        QUEUE_FULL,
        /** There is no such command, or it is too late to take it back. */
        NOT_CANCELLABLE
    }

    private final Kind kind;

    /** Makes one. */
    public CommandRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }
}
