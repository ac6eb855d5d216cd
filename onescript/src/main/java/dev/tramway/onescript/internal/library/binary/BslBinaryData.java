package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** ДвоичныеДанные: bytes that never change. Equal bytes are equal values. */
public final class BslBinaryData extends BslObject {
    public static final NativeType TYPE = NativeType.declare(BslBinaryData.class, "ДвоичныеДанные", "BinaryData")
            .requires(Permission.READ_FILES)
            .constructor(Params.of(1), call -> new BslBinaryData(readFile(call.context(), call.text(0))))
            .requires(Permission.PURE)
            .function("Размер", "Size", self -> (long) self.bytes.length)
            .procedure("Записать", "Write", Params.of(1), BslBinaryData::write)
            .function("ОткрытьПотокДляЧтения", "OpenStreamForRead", self -> BslStream.reading(self.bytes))
            .build();

    /** How many bytes the text form shows. */
    private static final int SHOWN = 64;

    private static final HexFormat TEXT = HexFormat.ofDelimiter(" ").withUpperCase();

    private final byte[] bytes;

    /** Makes a value of those bytes, which nobody may change from now on. */
    public BslBinaryData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the contents of a file, if it may be read and memory allows. */
    static byte[] readFile(Context context, String name) {
        Path path = FileNames.readable(context, name);
        return FileNames.io(() -> {
            context.grow(Files.size(path));
            return Files.readAllBytes(path);
        });
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** Returns the bytes themselves; do not change them. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean isFilled() {
        return bytes.length > 0;
    }

    /** To a file, or to a stream. */
    private void write(Call call) {
        switch (call.value(0)) {
            case String name -> {
                Path path = FileNames.writable(call.context(), name);
                FileNames.io(() -> Files.write(path, bytes));
            }
            case BslStream stream -> stream.write(call.context(), bytes, 0, bytes.length);
            default -> throw Errors.badArgumentType(1);
        }
    }

    @Override
    public String present() {
        String shown = TEXT.formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
        return bytes.length > SHOWN ? shown + "…" : shown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BslBinaryData data && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
