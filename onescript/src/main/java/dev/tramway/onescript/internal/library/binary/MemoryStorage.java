package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.value.Errors;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/** Bytes in an array, which grows unless it belongs to a buffer. */
final class MemoryStorage implements Storage {
    private static final int FIRST = 256;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final boolean fixed;
    private final int start;
    private byte[] bytes;
    private int size;
    private long position;
    private boolean closed;

    /** Grows from nothing. */
    MemoryStorage() {
        this(new byte[0], 0, 0, false);
    }

    private MemoryStorage(byte[] bytes, int start, int size, boolean fixed) {
        this.bytes = bytes;
        this.start = start;
        this.size = size;
        this.fixed = fixed;
    }

    /** Works on a piece of an array, whose size stays. */
    static MemoryStorage over(byte[] bytes, int start, int size) {
        return new MemoryStorage(bytes, start, size, true);
    }

    /** Returns a copy of all bytes, also after closing. */
    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, start + size);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean canSeek() {
        return true;
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        checkOpen();
        int read = (int) Math.max(0, Math.min(count, size - position));
        System.arraycopy(bytes, start + (int) Math.min(position, size), to, offset, read);
        position += read;
        return read;
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        checkOpen();
        if (position + count > size) {
            resize(position + count);
        }
        System.arraycopy(from, offset, bytes, start + (int) position, count);
        position += count;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        return size;
    }

    @Override
    public void size(long wanted) throws IOException {
        checkOpen();
        resize(wanted);
        position = Math.min(position, size);
    }

    private void resize(long wanted) {
        if (wanted == size) {
            return;
        }
        if (fixed || wanted > LARGEST) {
            throw Errors.of("Поток не может стать больше", "The stream cannot grow");
        }
        if (wanted > bytes.length) {
            long roomy = Math.max(FIRST, Math.max(wanted, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, (int) Math.min(roomy, LARGEST));
        } else if (wanted < size) {
            Arrays.fill(bytes, (int) wanted, size, (byte) 0);
        }
        size = (int) wanted;
    }

    @Override
    public long position() throws IOException {
        checkOpen();
        return position;
    }

    @Override
    public void position(long wanted) throws IOException {
        checkOpen();
        position = wanted;
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        closed = true;
    }
}
