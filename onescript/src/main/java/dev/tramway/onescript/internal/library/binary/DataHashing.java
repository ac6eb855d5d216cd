package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** ХешированиеДанных: a hash of all that was added. It may be read in between, and more added then. */
final class DataHashing extends BslObject {
    static final Enumeration FUNCTION = new Enumeration("ХешФункция", "HashFunction");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static final NativeType TYPE = NativeType.declare(DataHashing.class, "ХешированиеДанных", "DataHashing")
            .requires(Permission.PURE)
            .constructor(Params.of(1), call -> new DataHashing(call.as(0, Enumeration.Value.class)))
            .property("ХешФункция", "HashFunction", self -> self.function)
            .property("ХешСумма", "HashSum", self -> self.hash.value())
            .property("ХешСуммаСтрокой", "HashSumOfString", self -> HEX.formatHex(self.hash.bytes()))
            .procedure("Добавить", "Append", Params.of(1, 2), DataHashing::append)
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.hash = Hash.of(self.function))
            .requires(Permission.READ_FILES)
            .procedure("ДобавитьФайл", "AppendFile", Params.of(1), DataHashing::appendFile)
            .build();

    private static final int PIECE = 16 * 1024;

    private final Enumeration.Value function;
    private Hash hash;

    static {
        Hash.NAMES.forEach(FUNCTION::value);
    }

    private DataHashing(Enumeration.Value function) {
        if (!FUNCTION.values().contains(function)) {
            throw Errors.badArgumentType(1);
        }
        this.function = function;
        this.hash = Hash.of(function);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** A text counts as UTF-8; of a stream, all that is left, or as many bytes as said. */
    private void append(Call call) {
        switch (call.value(0)) {
            case String text -> add(call, text.getBytes(StandardCharsets.UTF_8));
            case BslBinaryData data -> add(call, data.bytes());
            case BslBinaryBuffer buffer -> add(call, buffer.toBytes());
            case BslStream stream -> add(call, stream.input(), call.whole(1, Long.MAX_VALUE));
            default -> throw Errors.badArgumentType(1);
        }
    }

    private void add(Call call, byte[] bytes) {
        call.context().work(bytes.length / PIECE);
        hash.add(bytes, bytes.length);
    }

    private void add(Call call, InputStream in, long count) {
        byte[] piece = new byte[PIECE];
        long left = count;
        while (left > 0) {
            int wanted = (int) Math.min(piece.length, left);
            int read = FileNames.io(() -> in.read(piece, 0, wanted));
            if (read <= 0) {
                return;
            }
            call.context().work(1);
            hash.add(piece, read);
            left -= read;
        }
    }

    private void appendFile(Call call) {
        Path path = FileNames.readable(call.context(), call.text(0));
        FileNames.run(() -> {
            try (InputStream in = Files.newInputStream(path)) {
                add(call, in, Long.MAX_VALUE);
            }
        });
    }
}
