package dev.tramway.server.internal.command;

import dev.tramway.frames.Request;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command on its way. What is not final is guarded by its queue; the view may be read by any thread. */
final class Entry {
    private final long number;
    private final Instant deadline;
    private volatile CommandView view;

    /** What was sent, to be sent again under the same number. */
    @Nullable
    Request request;

    /** True while it is being handed to the connection: too late to take it back. */
    boolean leaving;

    Entry(long number, CommandView view, Instant deadline) {
        this.number = number;
        this.view = view;
        this.deadline = deadline;
    }

    /** Place in the order of all commands. */
    long number() {
        return number;
    }

    /** When it expires, by the steady clock. */
    Instant deadline() {
        return deadline;
    }

    CommandView view() {
        return view;
    }

    void change(CommandState state, String detail, Instant now) {
        change(state, detail, view.attempts(), Map.of(), now);
    }

    void change(CommandState state, String detail, int attempts, Map<String, Object> reply, Instant now) {
        CommandView old = view;
        view = new CommandView(
                old.id(),
                old.device(),
                old.source(),
                old.command(),
                old.arguments(),
                state,
                detail,
                old.answered(),
                old.created(),
                now,
                old.expires(),
                attempts,
                reply,
                old.key());
    }
}
