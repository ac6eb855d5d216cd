package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;

/** ПотокВПамяти: grows from nothing, or reads and writes a buffer in place. */
public final class BslMemoryStream extends BslStream {
    public static final NativeType TYPE = members(
                    NativeType.declare(BslMemoryStream.class, "ПотокВПамяти", "MemoryStream"))
            .constructor(Params.of(0, 1), BslMemoryStream::create)
            .function("ЗакрытьИПолучитьДвоичныеДанные", "CloseAndGetBinaryData", Params.NONE, BslMemoryStream::take)
            .build();

    private final MemoryStorage memory;

    private BslMemoryStream(MemoryStorage memory, boolean writable) {
        super(memory, true, writable);
        this.memory = memory;
    }

    /** Makes an empty stream. */
    public BslMemoryStream() {
        this(new MemoryStorage(), true);
    }

    /** A number is a mere hint of how much will come. */
    private static Object create(Call call) {
        if (call.value(0) instanceof BslBinaryBuffer buffer) {
            MemoryStorage shared = MemoryStorage.over(buffer.array(), buffer.offset(), buffer.size());
            return new BslMemoryStream(shared, !buffer.isReadOnly());
        }
        if (call.integer(0, 0) < 0) {
            throw Errors.badArgument(1);
        }
        return new BslMemoryStream();
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    private Object take(Call call) {
        byte[] all = memory.toBytes();
        call.context().grow(all.length);
        close();
        return new BslBinaryData(all);
    }
}
