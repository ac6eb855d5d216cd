package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslFixedArray;
import dev.tramway.onescript.internal.library.BslMap;
import dev.tramway.onescript.internal.library.BslStructure;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.library.json.JsonNames.Name;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ПрочитатьJSON: makes a value out of the tokens of a reader. */
final class JsonValueReader {
    private static final int DEFAULT_NESTING = 500;
    private static final int MAX_NESTING = 10_000;
    private static final long ELEMENT = 16;
    private static final long ENTRY = 80;

    private final Context context;
    private final JsonTokens tokens;
    private final boolean toMap;
    private final Set<String> dates;
    private final Enumeration.Value dateFormat;
    private final @Nullable BslObject module;
    private final String function;
    private final Object parameters;
    private final @Nullable Set<String> revived;
    private final int nesting;

    private JsonValueReader(Call call) {
        context = call.context();
        tokens = call.as(0, JsonReader.class).opened();
        toMap = call.flag(1, false);
        Set<String> names = names(call, 2);
        dates = names == null ? Set.of() : names;
        dateFormat = JsonChoices.of(call, 3, JsonChoices.DATE_FORMAT, JsonChoices.DATE_ISO);
        function = call.text(4);
        module = function.isEmpty() ? null : call.as(5, BslObject.class);
        parameters = call.value(6);
        revived = names(call, 7);
        nesting = call.integer(8, DEFAULT_NESTING);
        if (nesting < 1 || nesting > MAX_NESTING) {
            throw Errors.badArgument(9);
        }
    }

    /**
     * ПрочитатьJSON(ЧтениеJSON, ПрочитатьВСоответствие, ИменаСвойствСоЗначениямиДата, ОжидаемыйФорматДаты,
     * ИмяФункцииВосстановления, МодульФункцииВосстановления, ДополнительныеПараметры, ИменаСвойствДляВосстановления,
     * МаксимальнаяВложенность).
     */
    static Object read(Call call) {
        return FileNames.io(() -> new JsonValueReader(call).read());
    }

    /** Returns the names that an argument lists: a string with commas, or an array; null where it is absent. */
    private static @Nullable Set<String> names(Call call, int index) {
        Object given = call.value(index);
        List<?> names = switch (given) {
            case BslArray array -> array.values();
            case BslFixedArray array -> array.values();
            case String list -> List.of(list.split(","));
            default -> null;
        };
        if (names == null && given != Empty.UNDEFINED) {
            throw Errors.badArgumentType(index + 1);
        }
        return names == null
                ? null
                : names.stream().map(name -> Values.toText(name).strip()).collect(Collectors.toSet());
    }

    /** Reads what has just begun, if something has; otherwise what comes next. */
    private Object read() throws IOException {
        boolean begun = tokens.token().isStart();
        return value(begun ? tokens.token() : next(), 1);
    }

    private JsonToken next() throws IOException {
        JsonToken token = tokens.read(context);
        while (token == JsonToken.COMMENT) {
            token = tokens.read(context);
        }
        if (token == JsonToken.NONE) {
            throw tokens.unfinished();
        }
        return token;
    }

    private Object value(JsonToken token, int depth) throws IOException {
        if (token.isStart() && depth > nesting) {
            throw tokens.error("вложенность больше " + nesting, "nested deeper than " + nesting);
        }
        return switch (token) {
            case OBJECT_START -> toMap ? map(depth) : structure(depth);
            case ARRAY_START -> array(depth);
            case STRING, NUMBER, BOOLEAN, NULL -> tokens.value();
            default -> throw tokens.unexpected("значение", "a value");
        };
    }

    private BslArray array(int depth) throws IOException {
        BslArray array = new BslArray();
        for (JsonToken token = next(); token != JsonToken.ARRAY_END; token = next()) {
            context.grow(ELEMENT);
            Object element = value(token, depth + 1);
            array.add(revived == null ? revive(Empty.UNDEFINED, element) : element);
        }
        return array;
    }

    private BslMap map(int depth) throws IOException {
        BslMap map = new BslMap();
        for (JsonToken token = next(); token != JsonToken.OBJECT_END; token = next()) {
            String name = name().text();
            map.put(name, property(name, depth));
        }
        return map;
    }

    private BslStructure structure(int depth) throws IOException {
        BslStructure structure = new BslStructure();
        for (JsonToken token = next(); token != JsonToken.OBJECT_END; token = next()) {
            Name name = name();
            String text = name.text();
            String key = name.key();
            if (key == null) {
                throw tokens.error(
                        "имя \"" + text + "\" недопустимо в структуре, его можно прочитать в соответствие",
                        "the name \"" + text + "\" cannot be in a structure; it can be read into a map");
            }
            structure.put(key, text, property(text, depth));
        }
        return structure;
    }

    private Name name() {
        context.grow(ENTRY);
        return tokens.name();
    }

    private Object property(String name, int depth) throws IOException {
        Object value = value(next(), depth + 1);
        if (value instanceof String text && dates.contains(name)) {
            value = date(text);
        }
        return revived == null || revived.contains(name) ? revive(name, value) : value;
    }

    private Object date(String text) {
        try {
            return JsonDates.parse(text, dateFormat);
        } catch (ScriptError malformed) {
            throw tokens.error("\"" + text + "\" - не дата", "\"" + text + "\" is not a date");
        }
    }

    private Object revive(Object name, Object value) {
        return module == null ? value : context.invoke(module, function, name, value, parameters);
    }
}
