package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.BitSet;

/** JSON text in the making: puts commas, line breaks and indents where they belong, and keeps the text well-formed. */
final class JsonOutput {
    private static final int MAX_NESTING = 10_000;

    private final JsonWriterSettings settings;
    private final String lineBreak;
    private final boolean checked;
    private final StringBuilder text = new StringBuilder();

    private final BitSet objects = new BitSet();
    private int depth;
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
        if (depth == MAX_NESTING) {
            throw Errors.of("Вложенность больше " + MAX_NESTING, "Nested deeper than " + MAX_NESTING);
        }
        beforeValue(context);
        append(context, object ? "{" : "[");
        objects.set(depth++, object);
        empty = true;
    }

    void end(Context context, boolean object) {
        boolean fits = depth > 0 && inObject() == object && !named;
        if (checked && !fits) {
            throw object
                    ? malformed("конец объекта", "the end of an object")
                    : malformed("конец массива", "the end of an array");
        }
        if (depth > 0) {
            depth--;
            if (!empty) {
                newLine(context);
            }
        }
        append(context, object ? "}" : "]");
        empty = false;
        named = false;
    }

    void name(Context context, String name) {
        if (checked && (!inObject() || named)) {
            throw malformed("имя свойства", "a name of a property");
        }
        beforeElement(context);
        append(context, settings.quoted(context, name));
        append(context, lineBreak.isEmpty() ? ":" : ": ");
        named = true;
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

    private boolean inObject() {
        return depth > 0 && objects.get(depth - 1);
    }

    private void beforeValue(Context context) {
        if (named) {
            named = false;
        } else if (checked && inObject()) {
            throw malformed("значение без имени", "a value without a name");
        } else {
            beforeElement(context);
        }
        empty = false;
    }

    private void beforeElement(Context context) {
        if (depth > 0) {
            append(context, empty ? "" : ",");
            newLine(context);
        }
        empty = false;
    }

    private void newLine(Context context) {
        if (!lineBreak.isEmpty()) {
            append(context, lineBreak);
            for (int i = 0; i < depth; i++) {
                append(context, settings.indent());
            }
        }
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
