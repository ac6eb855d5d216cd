package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.value.ScriptError;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a module, and where it came from. */
public final class Source {
    private final String name;
    private final @Nullable Path path;
    private final String text;
    private final List<String> lines;
    private boolean english;

    /** The name is shown in errors; the path is absent where the text came from a string. */
    public Source(String name, @Nullable Path path, String text) {
        this.name = name;
        this.path = path;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lines = this.text.lines().toList();
    }

    public String name() {
        return name;
    }

    public @Nullable Path path() {
        return path;
    }

    public String text() {
        return text;
    }

    /** Returns a line, counted from 1, without blanks around. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1).strip() : "";
    }

    /** Tells in which language its errors speak: that of its first keyword. */
    public boolean isEnglish() {
        return english;
    }

    void english(boolean inEnglish) {
        english = inEnglish;
    }

    public ScriptError error(Pos at, String russian, String englishText) {
        ScriptError error = new ScriptError(russian, englishText);
        error.passed(place("", at), english, this);
        return error;
    }

    public ScriptError.Place place(String method, Pos at) {
        return new ScriptError.Place(method, name, at.line(), at.column(), line(at.line()));
    }
}
