package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * ЗаписьТекста: writes a file from its beginning, or behind its end. Every LF becomes the line end of the file, CR LF unless
 * told otherwise; what was written is in the file at once.
 */
final class TextWriter extends BslObject {
    static final NativeType TYPE = NativeType.declare(TextWriter.class, "ЗаписьТекста", "TextWriter")
            .requires(Permission.WRITE_FILES)
            .constructor(Params.of(0, 5), TextWriter::create)
            .procedure("Открыть", "Open", Params.of(1, 5), TextWriter::open)
            .requires(Permission.PURE)
            .procedure("Записать", "Write", Params.of(1), (self, call) -> self.write(call.text(0)))
            .procedure("ЗаписатьСтроку", "WriteLine", Params.of(1, 2), TextWriter::writeLine)
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .build();

    private @Nullable OutputStream out;
    private TextEncoding encoding = TextEncoding.UTF8;
    private String separator = "\n";
    private String lineEnd = "\r\n";

    private TextWriter() {}

    private static Object create(Call call) {
        TextWriter writer = new TextWriter();
        if (call.given(0)) {
            writer.open(call);
        }
        return writer;
    }

    /** Открыть(ИмяФайла, Кодировка, РазделительСтрок, Дописывать, КонвертируемыйРазделительСтрок). */
    private void open(Call call) {
        close();
        Path path = FileNames.writable(call.context(), call.text(0));
        encoding = TextEncoding.of(call, 1);
        separator = call.text(2, "\n");
        boolean append = call.flag(3, false);
        lineEnd = call.text(4, "\r\n");
        out = FileNames.io(() -> {
            OutputStream opened = append
                    ? Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : Files.newOutputStream(path);
            if (encoding.marked() && Files.size(path) == 0) {
                opened.write(encoding.mark());
            }
            return opened;
        });
    }

    private void write(String text) {
        OutputStream opened = out;
        if (opened == null) {
            throw TextReader.notOpen();
        }
        byte[] bytes = encoding.encode(text.replace("\n", lineEnd));
        FileNames.run(() -> opened.write(bytes));
    }

    private void writeLine(Call call) {
        write(call.text(0) + call.text(1, separator));
    }

    private void close() {
        OutputStream open = out;
        out = null;
        if (open != null) {
            FileNames.run(open::close);
        }
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
