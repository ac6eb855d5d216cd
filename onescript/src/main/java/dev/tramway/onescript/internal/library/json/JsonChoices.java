package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;

/** The enumerations of JSON. */
final class JsonChoices {
    static final Enumeration LINE_BREAK = new Enumeration("ПереносСтрокJSON", "JSONLineBreak");
    static final Enumeration.Value BREAK_UNIX = LINE_BREAK.value("Unix");
    static final Enumeration.Value BREAK_WINDOWS = LINE_BREAK.value("Windows");
    static final Enumeration.Value BREAK_AUTO = LINE_BREAK.value("Авто", "Auto");
    static final Enumeration.Value BREAK_NONE = LINE_BREAK.value("Нет", "None");

    static final Enumeration ESCAPE = new Enumeration("ЭкранированиеСимволовJSON", "JSONCharactersEscapeMode");
    static final Enumeration.Value ESCAPE_NONE = ESCAPE.value("Нет", "None");
    static final Enumeration.Value ESCAPE_NOT_ASCII = ESCAPE.value("СимволыВнеASCII", "NotASCIISymbols");
    static final Enumeration.Value ESCAPE_NOT_BMP = ESCAPE.value("СимволыВнеBMP", "SymbolsNotInBMP");

    static final Enumeration DATE_FORMAT = new Enumeration("ФорматДатыJSON", "JSONDateFormat");
    static final Enumeration.Value DATE_ISO = DATE_FORMAT.value("ISO");
    static final Enumeration.Value DATE_JAVASCRIPT = DATE_FORMAT.value("JavaScript");
    static final Enumeration.Value DATE_MICROSOFT = DATE_FORMAT.value("Microsoft");

    static final Enumeration DATE_VARIANT = new Enumeration("ВариантЗаписиДатыJSON", "JSONDateWritingVariant");
    static final Enumeration.Value DATE_LOCAL = DATE_VARIANT.value("ЛокальнаяДата", "LocalDate");
    static final Enumeration.Value DATE_WITH_OFFSET =
            DATE_VARIANT.value("ЛокальнаяДатаСоСмещением", "LocalDateWithOffset");
    static final Enumeration.Value DATE_UNIVERSAL = DATE_VARIANT.value("УниверсальнаяДата", "UniversalDate");

    private JsonChoices() {}

    /** Returns an argument that is a value of that enumeration, or the default. */
    static Enumeration.Value of(Call call, int index, Enumeration enumeration, Enumeration.Value otherwise) {
        Object value = call.value(index);
        if (value == Empty.UNDEFINED) {
            return otherwise;
        }
        if (value instanceof Enumeration.Value chosen && chosen.type() == enumeration.type()) {
            return chosen;
        }
        throw Errors.badArgumentType(index + 1);
    }
}
