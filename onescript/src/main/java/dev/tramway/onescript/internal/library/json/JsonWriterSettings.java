package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import java.util.HexFormat;

/** ПараметрыЗаписиJSON: how text looks, and which characters are written as escapes. It never changes. */
final class JsonWriterSettings extends BslObject {
    static final NativeType TYPE = NativeType.declare(
                    JsonWriterSettings.class, "ПараметрыЗаписиJSON", "JSONWriterSettings")
            .requires(Permission.PURE)
            .constructor(Params.of(0, 9), JsonWriterSettings::new)
            .property("ПереносСтрок", "NewLines", self -> self.lineBreak)
            .property("СимволыОтступа", "PaddingSymbols", self -> self.indent)
            .property("ИспользоватьДвойныеКавычки", "UseDoubleQuotes", self -> self.quote == '"')
            .property("ЭкранированиеСимволов", "EscapeCharacters", self -> self.escape)
            .property("ЭкранироватьУгловыеСкобки", "EscapeAngleBrackets", self -> self.angleBrackets)
            .property("ЭкранироватьРазделителиСтрок", "EscapeLineTerminators", self -> self.lineTerminators)
            .property("ЭкранироватьАмперсанд", "EscapeAmpersand", self -> self.ampersand)
            .property("ЭкранироватьОдинарныеКавычки", "EscapeSingleQuotes", self -> self.singleQuotes)
            .property("ЭкранироватьСлеш", "EscapeSlash", self -> self.slash)
            .build();

    private static final int ASCII = 128;

    /** The characters that a backslash and a letter stand for, and that letter. */
    private static final String SHORT = "\b\f\n\r\t\"\\/";

    private static final String SHORT_NAMES = "bfnrt\"\\/";

    private static final byte SHORT_ESCAPE = 2;
    private static final byte LONG_ESCAPE = 6;

    private final Enumeration.Value lineBreak;
    private final String indent;
    private final char quote;
    private final Enumeration.Value escape;
    private final boolean angleBrackets;
    private final boolean lineTerminators;
    private final boolean ampersand;
    private final boolean singleQuotes;
    private final boolean slash;
    private final byte[] widths;

    /**
     * ПараметрыЗаписиJSON(ПереносСтрок, СимволыОтступа, ИспользоватьДвойныеКавычки, ЭкранированиеСимволов, УгловыеСкобки,
     * РазделителиСтрок, Амперсанд, ОдинарныеКавычки, Слеш).
     */
    JsonWriterSettings(Call call) {
        lineBreak = JsonChoices.of(call, 0, JsonChoices.LINE_BREAK, JsonChoices.BREAK_AUTO);
        indent = call.text(1);
        quote = call.flag(2, true) ? '"' : '\'';
        escape = JsonChoices.of(call, 3, JsonChoices.ESCAPE, JsonChoices.ESCAPE_NONE);
        angleBrackets = call.flag(4, false);
        lineTerminators = call.flag(5, true);
        ampersand = call.flag(6, false);
        singleQuotes = call.flag(7, false) || quote == '\'';
        slash = call.flag(8, false);
        widths = widths();
    }

    /** Returns what stands between lines; empty where all is written in one. */
    String lineBreak() {
        if (lineBreak == JsonChoices.BREAK_NONE) {
            return "";
        }
        if (lineBreak == JsonChoices.BREAK_AUTO) {
            return System.lineSeparator();
        }
        return lineBreak == JsonChoices.BREAK_UNIX ? "\n" : "\r\n";
    }

    /** Returns what stands before a line once for each object or array that it is in. */
    String indent() {
        return indent;
    }

    /** Appends the text in quotes, having counted what it takes. */
    void appendQuoted(Context context, StringBuilder to, String text) {
        long length = 2;
        for (int i = 0; i < text.length(); i++) {
            length += width(text.charAt(i));
        }
        context.grow(Character.BYTES * length);
        to.append(quote);
        if (length == 2 + text.length()) {
            to.append(text);
        } else {
            for (int i = 0; i < text.length(); i++) {
                append(to, text.charAt(i));
            }
        }
        to.append(quote);
    }

    private void append(StringBuilder to, char c) {
        switch (width(c)) {
            case 1 -> to.append(c);
            case SHORT_ESCAPE -> to.append('\\').append(SHORT_NAMES.charAt(SHORT.indexOf(c)));
            default -> to.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    /** Returns how many characters stand for one. */
    private int width(char c) {
        return c < ASCII ? widths[c] : isEscaped(c) ? LONG_ESCAPE : 1;
    }

    /** The widths of the first characters, which most texts consist of. */
    private byte[] widths() {
        byte[] table = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            table[c] = !isEscaped(c) ? 1 : SHORT.indexOf(c) < 0 ? LONG_ESCAPE : SHORT_ESCAPE;
        }
        return table;
    }

    private boolean isEscaped(char c) {
        return switch (c) {
            case '"', '\\' -> true;
            case '/' -> slash;
            case '<', '>' -> angleBrackets;
            case '&' -> ampersand;
            case '\'' -> singleQuotes;
            case '\u2028', '\u2029' -> lineTerminators || escape == JsonChoices.ESCAPE_NOT_ASCII;
            default ->
                c < ' '
                        || (escape == JsonChoices.ESCAPE_NOT_ASCII && c > '~')
                        || (escape == JsonChoices.ESCAPE_NOT_BMP && Character.isSurrogate(c));
        };
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
