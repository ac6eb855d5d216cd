package dev.tramway.server.internal.command;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A command as it is now. Does not change; used by any thread.
 *
 * @param id its id
 * @param device name of the device
 * @param source what of the device it is for, as a path of names; empty for the device itself
 * @param command its name in the definition
 * @param arguments its arguments
 * @param state where it has got to
 * @param detail more about the state, for people; may be empty
 * @param answered true if the definition names an answer
 * @param created when it was asked for
 * @param changed when the state changed last
 * @param expires until when it waits for its device
 * @param attempts how often it was sent
 * @param reply values of the device's answer; empty without one
 * @param key idempotency key of who asked for it
 */
public record CommandView(
        String id,
        String device,
        String source,
        String command,
        Map<String, Object> arguments,
        CommandState state,
        String detail,
        boolean answered,
        Instant created,
        Instant changed,
        Instant expires,
        int attempts,
        Map<String, Object> reply,
        Optional<String> key) {

    /** True if nothing follows. */
    public boolean isOver() {
        return state.isFinal() || (state == CommandState.SENT && !answered);
    }
}
