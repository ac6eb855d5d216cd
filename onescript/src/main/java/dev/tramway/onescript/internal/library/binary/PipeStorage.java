package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;

/** Bytes that come or go once, such as those of a console or another program. */
final class PipeStorage implements Storage {
    private final InputStream in;
    private final OutputStream out;
    private boolean closed;

    PipeStorage(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private static ScriptError noPosition() {
        return Errors.of("Поток не поддерживает изменение позиции", "The stream has no position");
    }

    @Override
    public boolean canSeek() {
        return false;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        checkOpen();
        return Math.max(0, in.read(to, offset, count));
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        checkOpen();
        out.write(from, offset, count);
    }

    @Override
    public long size() {
        throw noPosition();
    }

    @Override
    public void size(long size) {
        throw noPosition();
    }

    @Override
    public long position() {
        throw noPosition();
    }

    @Override
    public void position(long position) {
        throw noPosition();
    }

    @Override
    public void flush() throws IOException {
        checkOpen();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            out.flush();
            in.close();
            out.close();
        }
    }
}
