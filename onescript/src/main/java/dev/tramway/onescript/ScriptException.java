package dev.tramway.onescript;

import java.util.List;
import java.util.Locale;

/** An error in a script that the script did not handle, or an error found when it was compiled. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A place in a script.
     *
     * @param method name of the procedure or function, empty for the body of a module
     * @param module file of the module, or a name in angle brackets if its text came from a string
     * @param line line, from 1; 0 if unknown
     * @param column column, from 1; 0 if unknown
     * @param sourceLine text of the line, without blanks around
     */
    public record Place(String method, String module, int line, int column, String sourceLine) {}

    private final transient List<Place> stack;
    private final boolean english;

    /**
     * Makes an exception.
     *
     * @param message what went wrong, in the language of the script
     * @param stack where, from the innermost place to the outermost
     * @param english whether that language is English
     * @param cause what Java code threw, if that was the cause
     */
    ScriptException(String message, List<Place> stack, boolean english, Throwable cause) {
        super(message, cause);
        this.english = english;
        this.stack = List.copyOf(stack);
    }

    /**
     * Returns where it went wrong: the file, or a name in angle brackets.
     *
     * @return the module of the innermost place, or an empty string if it is unknown
     */
    public String module() {
        return stack.isEmpty() ? "" : stack.get(0).module();
    }

    /**
     * Returns the line of the innermost place.
     *
     * @return the line, from 1; 0 if it is unknown
     */
    public int line() {
        return stack.isEmpty() ? 0 : stack.get(0).line();
    }

    /**
     * Returns the column of the innermost place.
     *
     * @return the column, from 1; 0 if it is unknown
     */
    public int column() {
        return stack.isEmpty() ? 0 : stack.get(0).column();
    }

    /**
     * Returns the places in scripts that the error passed.
     *
     * @return places from the innermost to the outermost
     */
    public List<Place> scriptStack() {
        return stack;
    }

    /**
     * Returns the error as a script's user reads it: file, line, sentence, and the line of the source.
     *
     * @return one to two lines of text, then one line for each further place
     */
    public String report() {
        if (stack.isEmpty()) {
            return String.valueOf(getMessage());
        }
        Place place = stack.get(0);
        String head = english ? "{Module %s / Error in line: %d / %s}" : "{Модуль %s / Ошибка в строке: %d / %s}";
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, head, place.module(), place.line(), getMessage()));
        text.append("\n    ").append(place.sourceLine());
        for (Place outer : stack.subList(1, stack.size())) {
            text.append("\n  ").append(outer.module()).append(':').append(outer.line());
            text.append(' ').append(outer.method());
        }
        return text.toString().stripTrailing();
    }
}
