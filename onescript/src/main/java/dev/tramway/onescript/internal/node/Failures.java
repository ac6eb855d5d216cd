package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.ConcurrentModificationException;

/** Turns whatever is thrown into what scripts can catch. */
public final class Failures {
    private Failures() {}

    /** Returns what to throw on from a frame. */
    static RuntimeException passing(Frame frame, Throwable thrown) {
        if (thrown instanceof ScriptExit exit) {
            return exit;
        }
        ScriptError error = error(thrown);
        frame.note(error);
        return error;
    }

    /** Returns the error that a script sees; what Java code throws is not its fault, but it may go on. */
    public static ScriptError error(Throwable thrown) {
        return switch (thrown) {
            case ScriptError error -> error;
            case StackOverflowError deep -> Execution.tooDeep();
            case IndexOutOfBoundsException outside -> Errors.indexOutOfRange();
            case ConcurrentModificationException changed ->
                Errors.of(
                        "Коллекция была изменена во время обхода", "The collection was changed while it was iterated");
            default -> new ScriptError(text(thrown), thrown);
        };
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
