package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslFixedArray;
import dev.tramway.onescript.internal.library.BslFixedMap;
import dev.tramway.onescript.internal.library.BslFixedStructure;
import dev.tramway.onescript.internal.library.BslKeyAndValue;
import dev.tramway.onescript.internal.library.BslMap;
import dev.tramway.onescript.internal.library.BslStructure;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** ЗаписатьJSON: writes a value with all that is in it. */
final class JsonValueWriter {
    private final Context context;
    private final JsonWriter writer;
    private final @Nullable JsonSerializerSettings settings;
    private final String function;
    private final @Nullable BslObject module;
    private final Object parameters;

    private JsonValueWriter(Call call) {
        context = call.context();
        writer = call.as(0, JsonWriter.class);
        settings = call.value(2) == Empty.UNDEFINED ? null : call.as(2, JsonSerializerSettings.class);
        function = call.text(3);
        module = function.isEmpty() ? null : call.as(4, BslObject.class);
        parameters = call.value(5);
    }

    /**
     * ЗаписатьJSON(ЗаписьJSON, Значение, НастройкиСериализации, ИмяФункцииПреобразования, МодульФункцииПреобразования,
     * ДополнительныеПараметры).
     */
    static void write(Call call) {
        JsonValueWriter values = new JsonValueWriter(call);
        values.write(Empty.UNDEFINED, call.value(1));
    }

    /** Writes a value; its name, if it has one, before it, unless the script's function refuses it. */
    private void write(Object name, Object value) {
        context.work(1);
        if (isSupported(value)) {
            writeName(name);
            writeSupported(value);
            return;
        }
        if (module == null) {
            throw JsonWriter.unsupported(value);
        }
        Refusal refusal = new Refusal();
        Object converted = context.invoke(module, function, name, value, parameters, refusal);
        if (Values.toBoolean(refusal.get())) {
            return;
        }
        if (!isSupported(converted)) {
            throw JsonWriter.unsupported(converted);
        }
        writeName(name);
        writeSupported(converted);
    }

    private void writeName(Object name) {
        if (name instanceof String text) {
            writer.name(context, text);
        }
    }

    private static boolean isSupported(Object value) {
        return isArray(value)
                || isMapping(value)
                || value instanceof String
                || value instanceof Boolean
                || Numbers.isNumber(value)
                || value instanceof BslDate
                || value instanceof Empty;
    }

    private static boolean isArray(Object value) {
        return value instanceof BslArray || value instanceof BslFixedArray;
    }

    private static boolean isMapping(Object value) {
        return value instanceof BslStructure
                || value instanceof BslFixedStructure
                || value instanceof BslMap
                || value instanceof BslFixedMap;
    }

    private void writeSupported(Object value) {
        if (value instanceof BslDate date && settings != null) {
            String text = JsonDates.format(date, settings.format(), settings.variant());
            writer.value(context, text, false);
        } else if (value instanceof BslCollection collection) {
            writeElements(collection);
        } else {
            writer.value(context, value, false);
        }
    }

    private void writeElements(BslCollection collection) {
        boolean object = isMapping(collection);
        writer.start(context, object);
        for (Iterator<Object> elements = collection.elements(); elements.hasNext(); ) {
            Object element = elements.next();
            if (element instanceof BslKeyAndValue pair && object) {
                write(name(pair.key()), pair.value());
            } else {
                write(Empty.UNDEFINED, element);
            }
        }
        writer.end(context, object);
    }

    private static Object name(Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw Errors.of(
                "Ключ соответствия должен быть строкой: " + Values.toText(key),
                "A key of a map must be a string: " + Values.toText(key));
    }

    /** Отказ: what the script's function may set to leave a value out. */
    private static final class Refusal implements Reference {
        private Object value = false;

        @Override
        public Object get() {
            return value;
        }

        @Override
        public void set(Object assigned) {
            value = assigned;
        }
    }
}
