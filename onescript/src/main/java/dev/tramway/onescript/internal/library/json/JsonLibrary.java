package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;

/** Reading and writing of JSON. */
public final class JsonLibrary {
    private JsonLibrary() {}

    /** Declares types, enumerations and functions. */
    public static void declare(Library.Builder library) {
        library.type(JsonReader.TYPE)
                .type(JsonWriter.TYPE)
                .type(JsonWriterSettings.TYPE)
                .type(JsonSerializerSettings.TYPE)
                .enumeration(JsonChoices.LINE_BREAK)
                .enumeration(JsonChoices.ESCAPE)
                .enumeration(JsonChoices.DATE_FORMAT)
                .enumeration(JsonChoices.DATE_VARIANT)
                .enumeration(JsonToken.TYPE)
                .requires(Permission.PURE)
                .function("ПрочитатьJSON", "ReadJSON", Params.of(1, 9), JsonValueReader::read)
                .procedure("ЗаписатьJSON", "WriteJSON", Params.of(2, 6), JsonValueWriter::write)
                .function("ПрочитатьДатуJSON", "ReadJSONDate", Params.of(1, 2), JsonDates::read)
                .function("ЗаписатьДатуJSON", "WriteJSONDate", Params.of(1, 3), JsonDates::write);
    }
}
