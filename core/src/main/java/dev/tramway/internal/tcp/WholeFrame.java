package dev.tramway.internal.tcp;

import dev.tramway.FrameWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Calls frame writers, which may be the application's: a frame goes out whole or not at all. */
final class WholeFrame {
    private WholeFrame() {}

    /**
     * Puts one frame and returns its size. If the writer fails, nothing was put. The last writer may have left its own byte order
     * in the memory, which all sessions of a loop share.
     */
    static int put(FrameWriter writer, ByteBuffer message, ByteBuffer target) {
        int start = target.position();
        boolean whole = false;
        try {
            writer.write(message, target.order(ByteOrder.BIG_ENDIAN));
            whole = true;
        } finally {
            if (!whole) {
                target.position(start);
            }
        }
        return target.position() - start;
    }
}
