package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.internal.library.binary.BslBinaryBuffer;
import dev.tramway.onescript.internal.library.binary.BslBinaryData;
import dev.tramway.onescript.internal.value.Values;
import java.nio.ByteBuffer;

/** Turns what a script sends into bytes. */
final class Outgoing {
    private Outgoing() {}

    /**
     * Returns the bytes of a buffer or of binary data as they are; of anything else the text, which ends with a line feed
     * unless the framing says where messages end.
     */
    static ByteBuffer bytes(Object data, ScriptEncoding encoding, boolean framed) {
        return switch (data) {
            case BslBinaryBuffer buffer -> ByteBuffer.wrap(buffer.array(), buffer.offset(), buffer.size());
            case BslBinaryData binary -> ByteBuffer.wrap(binary.bytes());
            default -> {
                String text = Values.toText(data);
                yield ByteBuffer.wrap(encoding.encode(framed || text.endsWith("\n") ? text : text + "\n"));
            }
        };
    }
}
