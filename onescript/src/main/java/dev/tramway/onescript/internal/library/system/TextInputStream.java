package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import java.io.OutputStream;

/** ПотокВводаТекста: what another program reads, to be written here. */
final class TextInputStream extends BslObject {
    static final NativeType TYPE = NativeType.declare(TextInputStream.class, "ПотокВводаТекста", "TextInputStream")
            .requires(Permission.PROCESSES)
            .procedure("Записать", "Write", Params.of(1), (self, call) -> self.write(call.text(0)))
            .procedure(
                    "ЗаписатьСтроку",
                    "WriteLine",
                    Params.of(1),
                    (self, call) -> self.write(call.text(0) + System.lineSeparator()))
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> FileNames.run(self.out::close))
            .build();

    private final OutputStream out;
    private final TextEncoding encoding;

    TextInputStream(OutputStream out, TextEncoding encoding) {
        this.out = out;
        this.encoding = encoding;
    }

    private void write(String text) {
        byte[] bytes = encoding.encode(text);
        FileNames.run(() -> {
            out.write(bytes);
            out.flush();
        });
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
