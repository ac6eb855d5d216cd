package dev.tramway.internal.loop;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two windows on the same received bytes: one to search for frames in, one to show a message to the application. Lives on an
 * event loop.
 */
public final class MessageView {
    /**
     * Hands each message out in memory of its own and spoils that memory after the callback, so that tests find code which
     * keeps a message. Switched on by {@code -Ddev.tramway.poison=true}.
     */
    private static final boolean POISON = Boolean.getBoolean("dev.tramway.poison");

    private final ByteBuffer searched;
    private final ByteBuffer shown;
    private ByteBuffer poisoned = ByteBuffer.allocate(0);

    private MessageView(ByteBuffer bytes) {
        this.searched = bytes;
        this.shown = bytes.asReadOnlyBuffer();
    }

    /** Looks at a whole buffer; indexes are the buffer's own. */
    static MessageView of(ByteBuf buffer) {
        return new MessageView(buffer.nioBuffer(0, buffer.capacity()));
    }

    /** Begins searches that end at an index. */
    public void searchUpTo(int to) {
        searched.limit(to);
    }

    /** The bytes from an index on; big endian, whatever the last reader has left. */
    public ByteBuffer searchFrom(int from) {
        return searched.order(ByteOrder.BIG_ENDIAN).position(from);
    }

    /** One message, as the application sees it. */
    public ByteBuffer show(int start, int end) {
        if (POISON) {
            poisoned = ByteBuffer.allocateDirect(end - start);
            poisoned.put(0, searched, start, end - start);
            return poisoned.asReadOnlyBuffer();
        }
        shown.limit(end).position(start);
        return shown.order(ByteOrder.BIG_ENDIAN);
    }

    /** True if a message lies in these bytes: it is the one shown last. */
    boolean isShowing(ByteBuffer message) {
        return message == shown;
    }

    /** Ends the callback that a message was shown to. */
    public void hide() {
        if (POISON) {
            while (poisoned.hasRemaining()) {
                poisoned.put((byte) 0xDB);
            }
        }
    }
}
