package dev.tramway.server.internal.command;

import java.util.List;
import java.util.Optional;

/** Commands to devices. May be used by any thread; nothing waits for a device. Changes are told as events. */
public interface Commands {
    /**
     * Takes a command: it is sent when its device is there and the line is free.
     *
     * @throws CommandRefusedException if it cannot be taken
     */
    CommandView submit(CommandRequest request);

    /** Finds a command; those that are over are forgotten some time, oldest first. */
    Optional<CommandView> find(String id);

    /** Commands to a device, by name or serial, newest first. */
    List<CommandView> of(String device);

    /** The newest commands to all devices, newest first. */
    List<CommandView> newest(int most);

    /**
     * Takes a command back that was not sent yet.
     *
     * @throws CommandRefusedException if there is none, or it is too late
     */
    CommandView cancel(String id);
}
