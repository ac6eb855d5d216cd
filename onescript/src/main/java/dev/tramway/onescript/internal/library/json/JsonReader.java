package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.BslStream;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** ЧтениеJSON: tokens of a string, a file or a stream, one after the other. */
final class JsonReader extends BslObject {
    static final NativeType TYPE = NativeType.declare(JsonReader.class, "ЧтениеJSON", "JSONReader")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new JsonReader())
            .procedure("УстановитьСтроку", "SetString", Params.of(1), JsonReader::text)
            .procedure("ОткрытьПоток", "OpenStream", Params.of(1, 2), JsonReader::stream)
            .requires(Permission.READ_FILES)
            .procedure("ОткрытьФайл", "OpenFile", Params.of(1, 2), JsonReader::file)
            .requires(Permission.PURE)
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .function("Прочитать", "Read", Params.NONE, (self, call) -> self.read(call.context()) != JsonToken.NONE)
            .function("Пропустить", "Skip", Params.NONE, (self, call) -> self.skip(call.context()))
            .property("ТекущаяПозиция", "CurrentPosition", JsonReader::position)
            .property("ТекущаяСтрока", "CurrentLine", JsonReader::line)
            .property("ТекущееЗначение", "CurrentValue", JsonReader::currentValue)
            .property(
                    "ТипТекущегоЗначения",
                    "CurrentValueType",
                    self -> self.opened().token().value())
            .build();

    private @Nullable JsonTokens tokens;

    private JsonReader() {}

    private void text(Call call) {
        open(new JsonTokens(new StringReader(call.text(0))));
    }

    /** Closing the reader leaves a stream open, as in the original. */
    private void stream(Call call) {
        BslStream stream = call.as(0, BslStream.class);
        TextEncoding encoding = TextEncoding.of(call, 1);
        open(FileNames.io(() -> new JsonTokens(encoding.reader(new Unclosed(stream.input())))));
    }

    private void file(Call call) {
        Path path = FileNames.readable(call.context(), call.text(0));
        TextEncoding encoding = TextEncoding.of(call, 1);
        open(FileNames.io(() -> new JsonTokens(encoding.reader(Files.newInputStream(path)))));
    }

    private void open(JsonTokens opened) {
        close();
        tokens = opened;
    }

    private void close() {
        JsonTokens open = tokens;
        tokens = null;
        if (open != null) {
            FileNames.run(open::close);
        }
    }

    JsonTokens opened() {
        if (tokens == null) {
            throw Errors.of("Источник данных JSON не открыт", "The source of JSON is not open");
        }
        return tokens;
    }

    JsonToken read(Context context) {
        JsonTokens from = opened();
        return FileNames.io(() -> from.read(context));
    }

    /** Goes behind the object or array that has just begun, if one has, and reads what follows. */
    private Object skip(Context context) {
        JsonTokens from = opened();
        if (from.token().isStart()) {
            int outside = from.depth() - 1;
            JsonToken token = from.token();
            while (token != JsonToken.NONE && from.depth() > outside) {
                token = read(context);
            }
        }
        return read(context) != JsonToken.NONE;
    }

    private Object position() {
        return tokens == null ? Empty.UNDEFINED : tokens.column();
    }

    private Object line() {
        return tokens == null ? Empty.UNDEFINED : tokens.line();
    }

    private Object currentValue() {
        JsonToken token = opened().token();
        if (token.isStart() || token.isEnd() || token == JsonToken.NONE) {
            throw Errors.of("Текущее значение JSON не может быть получено", "The current value of JSON cannot be had");
        }
        return opened().value();
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
