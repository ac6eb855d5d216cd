package dev.tramway.onescript.internal.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error that a script can catch. It has no Java stack; the places in scripts are added while it passes through them.
 * Its sentence is chosen by the language of the first script that it meets.
 */
public final class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A place in a script: the method, empty for the body of the module, and where it was. */
    public record Place(String method, String module, int line, int column, String sourceLine) {}

    private final transient String russian;
    private final transient String english;
    private final transient List<Place> places = new ArrayList<>();
    private transient Object parameters = Empty.UNDEFINED;
    private transient @Nullable Object last;
    private transient boolean inEnglish;
    private transient boolean fatal;

    /** An error in both languages. */
    public ScriptError(String russian, String english) {
        super(russian, null, false, false);
        this.russian = russian;
        this.english = english;
    }

    /** An error whose text comes from the script or from the system, the same in both languages. */
    public ScriptError(String text, @Nullable Throwable cause) {
        super(text, cause, false, false);
        this.russian = text;
        this.english = text;
    }

    /** Returns the error as one that no Попытка may swallow: a limit is used up. */
    public ScriptError fatal() {
        fatal = true;
        return this;
    }

    public boolean isFatal() {
        return fatal;
    }

    /** Returns the error with the value that the script gave along. */
    public ScriptError with(Object value) {
        parameters = value;
        return this;
    }

    public Object parameters() {
        return parameters;
    }

    /**
     * Adds the next outer place, unless the last one added was of the same activation of a method. The first one decides the
     * language.
     */
    public void passed(Place place, boolean inEnglishScript, Object activation) {
        if (places.isEmpty()) {
            inEnglish = inEnglishScript;
        } else if (last == activation) {
            return;
        }
        last = activation;
        places.add(place);
    }

    public boolean isInEnglish() {
        return inEnglish;
    }

    /** Returns the places from the innermost to the outermost. */
    public List<Place> places() {
        return places;
    }

    @Override
    public String getMessage() {
        return inEnglish ? english : russian;
    }
}
