package dev.tramway.server.internal.command;

import dev.tramway.frames.Protocol;
import java.util.Map;
import java.util.Optional;

/** A device, as its commands see it. Used by any thread. */
public interface CommandTarget {
    /** Its name. */
    String name();

    /** What it speaks; empty until that is known. */
    Optional<Protocol> protocol();

    /**
     * Values by which a message finds its way to the device, or to a part of it.
     *
     * @param command name of the command
     * @param source path of names or codes; empty for the device
     * @throws CommandRefusedException if there is no such part
     */
    Map<String, Object> header(String command, String source);

    /** Its commands. */
    CommandQueue queue();
}
