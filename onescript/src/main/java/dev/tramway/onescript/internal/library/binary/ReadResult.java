package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;

/** РезультатЧтенияДанных: a piece of what was read, and which marker ended it. */
final class ReadResult extends BslObject {
    static final NativeType TYPE = NativeType.declare(ReadResult.class, "РезультатЧтенияДанных", "ReadDataResult")
            .requires(Permission.PURE)
            .property("ИндексМаркера", "MarkerIndex", self -> (long) self.marker)
            .property("МаркерНайден", "MarkerFound", ReadResult::isEndedByMarker)
            .property("Размер", "Size", self -> (long) self.bytes.length)
            .function("ОткрытьПотокДляЧтения", "OpenStreamForRead", self -> BslStream.reading(self.bytes))
            .function("ПолучитьБуферДвоичныхДанных", "GetBinaryDataBuffer", Params.NONE, ReadResult::buffer)
            .function("ПолучитьДвоичныеДанные", "GetBinaryData", self -> new BslBinaryData(self.bytes))
            .build();

    private final byte[] bytes;
    private final int marker;

    /** Holds bytes that nobody may change from now on; the marker is -1 if none was found, or looked for. */
    ReadResult(byte[] bytes, int marker) {
        this.bytes = bytes;
        this.marker = marker;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isEndedByMarker() {
        return marker >= 0;
    }

    private Object buffer(Call call) {
        call.context().grow(bytes.length);
        return new BslBinaryBuffer(bytes.clone());
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
