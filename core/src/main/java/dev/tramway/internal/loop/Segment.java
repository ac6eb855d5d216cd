package dev.tramway.internal.loop;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * A piece of memory to append to: Netty's buffer, and a view of its own whose position is where the next byte goes. Lives on
 * an event loop.
 */
public final class Segment {
    private final ByteBuf memory;
    private final ByteBuffer bytes;

    Segment(ByteBuf memory) {
        this.memory = memory;
        this.bytes = memory.nioBuffer(0, memory.capacity());
    }

    /** What is appended to, big endian; its position starts at 0. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Bytes it can hold. */
    public int capacity() {
        return bytes.capacity();
    }

    /** How many bytes were appended and not skipped. */
    public int size() {
        return bytes.position() - memory.readerIndex();
    }

    /** The memory as it is; its writer index does not follow what is appended. */
    public ByteBuf memory() {
        return memory;
    }

    /** The memory, readable up to what was appended. */
    public ByteBuf settled() {
        return memory.writerIndex(bytes.position());
    }

    Segment clear() {
        memory.clear();
        bytes.clear();
        return this;
    }
}
