package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/** Reads text whose line ends become LF, and splits it. A byte order mark wins over the encoding. */
public final class Lines implements AutoCloseable {
    private static final int END = -1;

    private final Reader in;
    private final String lineEnd;
    private final boolean anyLineEnd;
    private final char[] buffer = new char[8192];
    private int next;
    private int limit;

    /**
     * Reads a stream.
     *
     * @param lineEnd what becomes LF besides LF itself
     * @param anyLineEnd whether CR LF and a lone CR do too
     */
    public Lines(InputStream bytes, TextEncoding encoding, String lineEnd, boolean anyLineEnd) throws IOException {
        this.in = encoding.reader(bytes);
        this.lineEnd = lineEnd;
        this.anyLineEnd = anyLineEnd;
    }

    /** Makes so many characters available, if they come. */
    private boolean has(int count) throws IOException {
        while (limit - next < count) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            limit -= next;
            next = 0;
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    private int read() throws IOException {
        if (!has(1)) {
            return END;
        }
        char c = buffer[next];
        if (!lineEnd.isEmpty() && c == lineEnd.charAt(0) && isLineEnd()) {
            next += lineEnd.length();
            return '\n';
        }
        next++;
        if (anyLineEnd && c == '\r') {
            if (has(1) && buffer[next] == '\n') {
                next++;
            }
            return '\n';
        }
        return c;
    }

    private boolean isLineEnd() throws IOException {
        int length = lineEnd.length();
        return length < buffer.length && has(length) && lineEnd.contentEquals(CharBuffer.wrap(buffer, next, length));
    }

    /** Reads up to a separator, which is dropped; null where nothing is left. */
    public @Nullable String line(Context context, String separator) throws IOException {
        StringBuilder line = new StringBuilder();
        char last = separator.charAt(separator.length() - 1);
        for (int c = read(); c != END; c = read()) {
            append(context, line, (char) c);
            int before = line.length() - separator.length();
            if (c == last && before >= 0 && line.indexOf(separator, before) == before) {
                line.setLength(before);
                return line.toString();
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** Reads so many characters, or what is left; null where nothing is. */
    public @Nullable String text(Context context, long count) throws IOException {
        StringBuilder text = new StringBuilder();
        int c = count > 0 ? read() : END;
        while (c != END) {
            append(context, text, (char) c);
            c = text.length() < count ? read() : END;
        }
        return text.isEmpty() ? null : text.toString();
    }

    /** Counts the larger array before the text moves to it. */
    private static void append(Context context, StringBuilder text, char c) {
        int capacity = text.capacity();
        if (text.length() == capacity) {
            context.grow((long) Character.BYTES * 2 * capacity);
            context.work(capacity / 64);
        }
        text.append(c);
    }

    /** Tells whether more comes, waiting for it. */
    public boolean hasMore() throws IOException {
        return has(1);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
