package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.PrimitiveType;
import dev.tramway.onescript.internal.library.binary.BslStream;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** ЗаписьJSON: writes tokens to a string, a file or a stream. */
final class JsonWriter extends BslObject {
    static final NativeType TYPE = NativeType.declare(JsonWriter.class, "ЗаписьJSON", "JSONWriter")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new JsonWriter())
            .procedure("УстановитьСтроку", "SetString", Params.of(0, 1), JsonWriter::string)
            .procedure("ОткрытьПоток", "OpenStream", Params.of(1, 4), JsonWriter::stream)
            .requires(Permission.WRITE_FILES)
            .procedure("ОткрытьФайл", "OpenFile", Params.of(1, 4), JsonWriter::file)
            .requires(Permission.PURE)
            .function("Закрыть", "Close", Params.NONE, (self, call) -> self.close(call.context()))
            .procedure("ЗаписатьНачалоОбъекта", "WriteStartObject", Params.NONE, (self, call) -> self.start(call, true))
            .procedure("ЗаписатьКонецОбъекта", "WriteEndObject", Params.NONE, (self, call) -> self.end(call, true))
            .procedure("ЗаписатьНачалоМассива", "WriteStartArray", Params.NONE, (self, call) -> self.start(call, false))
            .procedure("ЗаписатьКонецМассива", "WriteEndArray", Params.NONE, (self, call) -> self.end(call, false))
            .procedure(
                    "ЗаписатьИмяСвойства",
                    "WritePropertyName",
                    Params.of(1),
                    (self, call) -> self.opened().name(call.context(), call.text(0)))
            .procedure(
                    "ЗаписатьЗначение",
                    "WriteValue",
                    Params.of(1, 2),
                    (self, call) -> self.value(call.context(), call.value(0), call.flag(1, false)))
            .procedure("ЗаписатьБезОбработки", "WriteRaw", Params.of(1), JsonWriter::raw)
            .property("Параметры", "Settings", self -> self.opened().settings())
            .property(
                    "ПроверятьСтруктуру",
                    "ValidateStructure",
                    self -> self.checked,
                    (self, value) -> self.checked = Values.toBoolean(value))
            .build();

    /** As much is collected before a file or stream gets it. */
    private static final int PIECE = 16 * 1024;

    private boolean checked = true;
    private @Nullable JsonOutput output;
    private @Nullable Target target;
    private TextEncoding encoding = TextEncoding.UTF8;

    /** Where bytes go that do not stay here. */
    @FunctionalInterface
    private interface Target {
        void write(Context context, byte[] bytes) throws IOException;

        /** Does nothing where the target belongs to the script. */
        default void close() throws IOException {}
    }

    private record FileTarget(OutputStream out) implements Target {
        @Override
        public void write(Context context, byte[] bytes) throws IOException {
            out.write(bytes);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private JsonWriter() {}

    private void string(Call call) {
        open(call, 0, () -> null);
    }

    /** ОткрытьФайл(ИмяФайла, Кодировка, ДобавитьBOM, Параметры). */
    private void file(Call call) {
        Path path = FileNames.writable(call.context(), call.text(0));
        open(call, 3, () -> new FileTarget(FileNames.io(() -> Files.newOutputStream(path))));
    }

    /** ОткрытьПоток(Поток, Кодировка, ДобавитьBOM, Параметры). The stream stays open, as in the original. */
    private void stream(Call call) {
        BslStream stream = call.as(0, BslStream.class);
        if (!stream.canWrite()) {
            throw Errors.badArgument(1);
        }
        open(call, 3, () -> (context, bytes) -> stream.write(context, bytes, 0, bytes.length));
    }

    /** What was open stays so unless all arguments are right and the new target can be opened. */
    private void open(Call call, int settings, Supplier<@Nullable Target> opening) {
        JsonWriterSettings chosen = call.value(settings) == Empty.UNDEFINED
                ? new JsonWriterSettings(new Call(call.context()))
                : call.as(settings, JsonWriterSettings.class);
        TextEncoding written = settings == 0 ? TextEncoding.UTF8 : TextEncoding.of(call, 1);
        byte[] mark = settings > 0 && call.flag(2, false) ? written.mark() : new byte[0];
        Target opened = opening.get();
        close(call.context());
        output = new JsonOutput(chosen, checked);
        target = opened;
        encoding = written;
        if (opened != null) {
            FileNames.run(() -> opened.write(call.context(), mark));
        }
    }

    private JsonOutput opened() {
        if (output == null) {
            throw Errors.of("Приемник данных JSON не открыт", "The target of JSON is not open");
        }
        return output;
    }

    /** Returns what was written to a string; an empty string where it went elsewhere. */
    private String close(Context context) {
        JsonOutput done = output;
        Target to = target;
        if (done == null) {
            return "";
        }
        output = null;
        target = null;
        if (to == null) {
            context.grow((long) Character.BYTES * done.text().length());
            return done.text().toString();
        }
        flush(context, to, done);
        FileNames.run(to::close);
        return "";
    }

    /** Hands on what has come together, if it does not stay here. */
    private void written(Context context) {
        JsonOutput from = opened();
        if (target != null && from.text().length() >= PIECE) {
            flush(context, target, from);
        }
    }

    private void flush(Context context, Target to, JsonOutput from) {
        byte[] bytes = encoding.encode(from.text().toString());
        from.text().setLength(0);
        FileNames.run(() -> to.write(context, bytes));
    }

    private void start(Call call, boolean object) {
        start(call.context(), object);
    }

    private void end(Call call, boolean object) {
        end(call.context(), object);
    }

    void start(Context context, boolean object) {
        opened().start(context, object);
    }

    void end(Context context, boolean object) {
        opened().end(context, object);
        written(context);
    }

    void name(Context context, String name) {
        opened().name(context, name);
    }

    private void raw(Call call) {
        opened().raw(call.context(), call.text(0));
        written(call.context());
    }

    /** Writes a value without elements. */
    void value(Context context, Object value, boolean withExponent) {
        JsonOutput to = opened();
        switch (value) {
            case String text -> to.string(context, text);
            case Long number when !withExponent -> to.number(context, number);
            case Long number -> to.value(context, number(BigDecimal.valueOf(number), true));
            case BigDecimal number -> to.value(context, number(number, withExponent));
            case Boolean flag -> to.value(context, flag.toString());
            case BslDate date ->
                to.string(context, JsonDates.format(date, JsonChoices.DATE_ISO, JsonChoices.DATE_LOCAL));
            case Empty none -> to.value(context, "null");
            default -> throw unsupported(value);
        }
        written(context);
    }

    static RuntimeException unsupported(Object value) {
        return Errors.of(
                "Тип переданного значения не поддерживается: " + PrimitiveType.of(value),
                "Values of this type cannot be written: " + PrimitiveType.of(value));
    }

    /** Exact in either form: 1.5, or 1.5E+0. */
    private static String number(BigDecimal number, boolean withExponent) {
        if (!withExponent) {
            return Numbers.isWhole(number) ? number.toBigInteger().toString() : number.toPlainString();
        }
        BigDecimal digits = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        BigDecimal mantissa = digits.movePointLeft(exponent);
        return mantissa.toPlainString() + (exponent < 0 ? "E-" : "E+") + Math.abs(exponent);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
