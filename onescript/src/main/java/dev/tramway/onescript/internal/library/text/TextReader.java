package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.BslStream;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** ЧтениеТекста: reads a file or a stream from its beginning to its end. */
final class TextReader extends BslObject {
    static final NativeType TYPE = NativeType.declare(TextReader.class, "ЧтениеТекста", "TextReader")
            .requires(Permission.PURE)
            .constructor(Params.of(0, 5), TextReader::create)
            .procedure("Открыть", "Open", Params.of(1, 5), (self, call) -> self.open(call, self.anyLineEnd))
            .function("Прочитать", "Read", Params.of(0, 1), TextReader::read)
            .function("ПрочитатьСтроку", "ReadLine", Params.of(0, 1), TextReader::readLine)
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .build();

    private final boolean anyLineEnd;
    private @Nullable Lines lines;
    private String separator = "\n";

    private TextReader(boolean anyLineEnd) {
        this.anyLineEnd = anyLineEnd;
    }

    /** All kinds of line ends are recognized where more than the source is said, and not how lines are divided. */
    private static Object create(Call call) {
        TextReader reader = new TextReader(call.count() > 1 && !call.given(2));
        if (call.given(0)) {
            reader.open(call, reader.anyLineEnd);
        }
        return reader;
    }

    /** Открыть(Источник, Кодировка, РазделительСтрок, КонвертируемыйРазделительСтрок, МонопольныйРежим). */
    private void open(Call call, boolean any) {
        close();
        InputStream in = source(call);
        TextEncoding encoding = TextEncoding.of(call, 1);
        String divided = call.text(2, "\n");
        separator = divided.isEmpty() ? "\n" : divided;
        lines = FileNames.io(() -> new Lines(in, encoding, call.text(3, "\r\n"), any));
    }

    static InputStream source(Call call) {
        if (call.value(0) instanceof BslStream stream) {
            return stream.input();
        }
        Path path = FileNames.readable(call.context(), call.text(0));
        return FileNames.io(() -> Files.newInputStream(path));
    }

    private Lines opened() {
        if (lines == null) {
            throw notOpen();
        }
        return lines;
    }

    static RuntimeException notOpen() {
        return Errors.of("Файл не открыт", "The file is not open");
    }

    private Object read(Call call) {
        Lines from = opened();
        long count = call.whole(0, 0);
        return orUndefined(
                FileNames.<@Nullable String>io(() -> from.text(call.context(), count <= 0 ? Long.MAX_VALUE : count)));
    }

    private Object readLine(Call call) {
        Lines from = opened();
        String end = call.text(0, separator);
        return orUndefined(
                FileNames.<@Nullable String>io(() -> from.line(call.context(), end.isEmpty() ? separator : end)));
    }

    private static Object orUndefined(@Nullable String text) {
        return text == null ? Empty.UNDEFINED : text;
    }

    private void close() {
        Lines open = lines;
        lines = null;
        if (open != null) {
            FileNames.run(open::close);
        }
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
