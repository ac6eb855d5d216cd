package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;

/** JSON text in the making: puts commas, line breaks and indents where they belong, and keeps the text well-formed. */
final class JsonOutput {
    private static final int MAX_NESTING = 10_000;

    /** What a whole number takes that fits into a long. */
    private static final int LONGEST_NUMBER = 20 * Character.BYTES;

    private final JsonWriterSettings settings;
    private final String lineBreak;
    private final boolean checked;
    private final StringBuilder text = new StringBuilder();

    private final JsonNesting nesting = new JsonNesting();
    private boolean empty = true;
    private boolean named;

    /** Begins a text; unchecked, it may become anything. */
    JsonOutput(JsonWriterSettings settings, boolean checked) {
        this.settings = settings;
        this.lineBreak = settings.lineBreak();
        this.checked = checked;
    }

    JsonWriterSettings settings() {
        return settings;
    }

    /** Returns what was written and not taken. */
    StringBuilder text() {
        return text;
    }

    void start(Context context, boolean object) {
        if (nesting.depth() == MAX_NESTING) {
            throw Errors.of("Вложенность больше " + MAX_NESTING, "Nested deeper than " + MAX_NESTING);
        }
        beforeValue(context);
        append(context, object ? '{' : '[');
        nesting.begin(object);
        empty = true;
    }

    void end(Context context, boolean object) {
        boolean fits = nesting.depth() > 0 && nesting.inObject() == object && !named;
        if (checked && !fits) {
            throw object
                    ? malformed("конец объекта", "the end of an object")
                    : malformed("конец массива", "the end of an array");
        }
        if (nesting.depth() > 0) {
            nesting.end();
            if (!empty) {
                newLine(context);
            }
        }
        append(context, object ? '}' : ']');
        empty = false;
        named = false;
    }

    void name(Context context, String name) {
        if (checked && (!nesting.inObject() || named)) {
            throw malformed("имя свойства", "a name of a property");
        }
        beforeElement(context);
        settings.appendQuoted(context, text, name);
        append(context, ':');
        if (!lineBreak.isEmpty()) {
            append(context, ' ');
        }
        named = true;
    }

    void string(Context context, String value) {
        beforeValue(context);
        settings.appendQuoted(context, text, value);
    }

    void number(Context context, long value) {
        beforeValue(context);
        context.grow(LONGEST_NUMBER);
        text.append(value);
    }

    /** Writes a value that is JSON already. */
    void value(Context context, String json) {
        beforeValue(context);
        append(context, json);
    }

    /** Writes text of which nothing is known. */
    void raw(Context context, String json) {
        append(context, json);
    }

    private void beforeValue(Context context) {
        if (named) {
            named = false;
        } else if (checked && nesting.inObject()) {
            throw malformed("значение без имени", "a value without a name");
        } else {
            beforeElement(context);
        }
        empty = false;
    }

    private void beforeElement(Context context) {
        if (nesting.depth() > 0) {
            if (!empty) {
                append(context, ',');
            }
            newLine(context);
        }
        empty = false;
    }

    private void newLine(Context context) {
        if (!lineBreak.isEmpty()) {
            append(context, lineBreak);
            for (int i = 0; i < nesting.depth(); i++) {
                append(context, settings.indent());
            }
        }
    }

    private void append(Context context, char c) {
        context.grow(Character.BYTES);
        text.append(c);
    }

    private void append(Context context, String piece) {
        context.grow((long) Character.BYTES * piece.length());
        text.append(piece);
    }

    private static ScriptError malformed(String russian, String english) {
        return Errors.of(
                "Нарушение структуры JSON: здесь не может быть " + russian,
                "The structure of JSON does not allow " + english + " here");
    }
}
