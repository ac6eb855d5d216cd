package dev.tramway.onescript.internal.library.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes in a file. */
final class FileStorage implements Storage {
    private final FileChannel channel;

    FileStorage(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean canSeek() {
        return true;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        return Math.max(0, channel.read(ByteBuffer.wrap(to, offset, count)));
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(from, offset, count);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void size(long size) throws IOException {
        long position = channel.position();
        if (size > channel.size()) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
        channel.truncate(size);
        channel.position(Math.min(position, size));
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public void position(long position) throws IOException {
        channel.position(position);
    }

    /** Nothing is held back here, and what the system holds back it writes in time. */
    @Override
    public void flush() throws IOException {
        channel.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
