package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.library.text.Lines;
import dev.tramway.onescript.internal.value.Empty;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** ПотокВыводаТекста: what another program writes, to be read here. */
final class TextOutputStream extends BslObject {
    static final NativeType TYPE = NativeType.declare(TextOutputStream.class, "ПотокВыводаТекста", "TextOutputStream")
            .requires(Permission.PROCESSES)
            .property("ЕстьДанные", "HasData", TextOutputStream::hasData)
            .function("Прочитать", "Read", Params.NONE, TextOutputStream::read)
            .function("ПрочитатьСтроку", "ReadLine", Params.NONE, TextOutputStream::readLine)
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> FileNames.run(self.in::close))
            .build();

    private final InputStream in;
    private final TextEncoding encoding;
    private @Nullable Lines lines;

    TextOutputStream(InputStream in, TextEncoding encoding) {
        this.in = in;
        this.encoding = encoding;
    }

    /** Made only when somebody reads: it waits for the first bytes, which may be a byte order mark. */
    private synchronized Lines lines() {
        if (lines == null) {
            lines = FileNames.io(() -> new Lines(in, encoding, "", true));
        }
        return lines;
    }

    /** Waits for data, or for the end of the other program. */
    private Object hasData() {
        return FileNames.io(() -> lines().hasMore());
    }

    private Object read(Call call) {
        String text = FileNames.<@Nullable String>io(() -> lines().text(call.context(), Long.MAX_VALUE));
        return text == null ? "" : text;
    }

    private Object readLine(Call call) {
        String line = FileNames.<@Nullable String>io(() -> lines().line(call.context(), "\n"));
        return line == null ? Empty.UNDEFINED : line;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
