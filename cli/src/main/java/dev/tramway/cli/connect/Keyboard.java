package dev.tramway.cli.connect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Standard input, as bytes. For one thread, which waits for what is typed. */
final class Keyboard {
    private static final int MOST = 8192;

    private final InputStream input;

    Keyboard(InputStream input) {
        this.input = new BufferedInputStream(input, MOST);
    }

    /** What is there, at least one byte; empty at the end. */
    ByteBuffer nextBytes() {
        try {
            byte[] bytes = new byte[MOST];
            int count = input.read(bytes);
            return ByteBuffer.wrap(bytes, 0, Math.max(0, count));
        } catch (IOException e) {
            throw new UncheckedIOException("standard input: " + e.getMessage(), e);
        }
    }

    /** The next line with its end, or as much of it as a datagram can hold; empty at the end. */
    ByteBuffer nextLine() {
        try {
            var line = new ByteArrayOutputStream();
            int next = 0;
            while (next != '\n' && line.size() < MOST) {
                next = input.read();
                if (next < 0) {
                    break;
                }
                line.write(next);
            }
            return ByteBuffer.wrap(line.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("standard input: " + e.getMessage(), e);
        }
    }
}
