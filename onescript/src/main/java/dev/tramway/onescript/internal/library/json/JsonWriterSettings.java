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

    private static final int LONGEST_ESCAPE = 6;

    private final Enumeration.Value lineBreak;
    private final String indent;
    private final char quote;
    private final Enumeration.Value escape;
    private final boolean angleBrackets;
    private final boolean lineTerminators;
    private final boolean ampersand;
    private final boolean singleQuotes;
    private final boolean slash;

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

    /** Returns the text in quotes, having counted each larger array before it is made. */
    String quoted(Context context, String text) {
        context.grow((long) Character.BYTES * text.length());
        if (isPlain(text)) {
            return quote + text + quote;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); i++) {
            if (quoted.length() + LONGEST_ESCAPE > quoted.capacity()) {
                context.grow((long) Character.BYTES * 2 * quoted.capacity());
                quoted.ensureCapacity(2 * quoted.capacity());
            }
            append(quoted, text.charAt(i));
        }
        return quoted.append(quote).toString();
    }

    /** True of most texts: nothing in it is written as an escape. */
    private boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscaped(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void append(StringBuilder to, char c) {
        switch (c) {
            case '\b' -> to.append("\\b");
            case '\f' -> to.append("\\f");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '/' -> to.append(slash ? "\\/" : "/");
            default -> {
                if (isEscaped(c)) {
                    to.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    to.append(c);
                }
            }
        }
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
