package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How text becomes bytes.
 *
 * @param charset the encoding
 * @param marked whether a file written with it begins with a byte order mark
 */
public record TextEncoding(Charset charset, boolean marked) {
    /** КодировкаТекста. */
    public static final Enumeration ENUMERATION = new Enumeration("КодировкаТекста", "TextEncoding");

    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    public static final TextEncoding UTF8 = new TextEncoding(StandardCharsets.UTF_8, true);

    private static final Map<Enumeration.Value, TextEncoding> BY_VALUE = Map.of(
            ENUMERATION.value("ANSI"),
            unmarked("windows-1251"),
            ENUMERATION.value("OEM"),
            unmarked("IBM866"),
            ENUMERATION.value("UTF16"),
            new TextEncoding(StandardCharsets.UTF_16LE, true),
            ENUMERATION.value("UTF8"),
            UTF8,
            ENUMERATION.value("UTF8NoBOM", "UTF8NoBOM"),
            new TextEncoding(StandardCharsets.UTF_8, false),
            ENUMERATION.value("Системная", "System"),
            new TextEncoding(Charset.defaultCharset(), false));

    /** Names that scripts know from .NET and Java does not, or takes for something else. */
    private static final Map<String, Charset> BY_NAME = Map.of(
            "utf-16", StandardCharsets.UTF_16LE,
            "utf16", StandardCharsets.UTF_16LE,
            "unicode", StandardCharsets.UTF_16LE,
            "unicodefffe", StandardCharsets.UTF_16BE,
            "utf-32", UTF_32LE,
            "ansi", Charset.forName("windows-1251"),
            "oem", Charset.forName("IBM866"));

    /** The marks, longest first: that of UTF-32LE begins with that of UTF-16LE. */
    private static final List<Mark> MARKS = List.of(
            new Mark(UTF_32LE, 0xFF, 0xFE, 0, 0),
            new Mark(UTF_32BE, 0, 0, 0xFE, 0xFF),
            new Mark(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
            new Mark(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
            new Mark(StandardCharsets.UTF_16BE, 0xFE, 0xFF));

    private static final byte[] NO_MARK = {};
    private static final int LONGEST_MARK = 4;

    private static final class Mark {
        private final Charset charset;
        private final byte[] bytes;

        Mark(Charset charset, int... bytes) {
            this.charset = charset;
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }

        boolean begins(byte[] data, int offset, int length) {
            return length >= bytes.length && Arrays.equals(data, offset, offset + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static TextEncoding unmarked(String name) {
        return new TextEncoding(Charset.forName(name), false);
    }

    /** Returns the encoding that an argument names, UTF-8 where it is absent. */
    public static TextEncoding of(Call call, int index) {
        return of(call, index, UTF8);
    }

    /** Returns the encoding that an argument names, or the default. */
    public static TextEncoding of(Call call, int index, TextEncoding otherwise) {
        Object value = call.value(index);
        return value == Empty.UNDEFINED ? otherwise : of(value);
    }

    /** Returns the encoding that a value of КодировкаТекста, or a name, means. */
    public static TextEncoding of(Object value) {
        if (value instanceof String name) {
            return named(name);
        }
        TextEncoding known = value instanceof Enumeration.Value member ? BY_VALUE.get(member) : null;
        if (known == null) {
            throw Errors.badArgumentType();
        }
        return known;
    }

    private static TextEncoding named(String name) {
        String key = Names.key(name.strip());
        if (key.equals("utf-8-no-bom") || key.equals("utf8nobom")) {
            return new TextEncoding(StandardCharsets.UTF_8, false);
        }
        Charset charset = BY_NAME.get(key);
        try {
            charset = charset == null ? Charset.forName(key) : charset;
        } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
            throw Errors.of("Неизвестная кодировка: " + name, "Unknown encoding: " + name);
        }
        return new TextEncoding(charset, mark(charset).length > 0);
    }

    /** Returns the byte order mark of the encoding; empty if it has none. */
    public byte[] mark() {
        return mark(charset).clone();
    }

    private static byte[] mark(Charset charset) {
        for (Mark mark : MARKS) {
            if (mark.charset.equals(charset)) {
                return mark.bytes;
            }
        }
        return NO_MARK;
    }

    /** Returns the bytes of a text, without a mark. */
    public byte[] encode(String text) {
        return text.getBytes(charset);
    }

    /** Returns the bytes of a text, after the mark if that is wanted and the encoding is one that writes it. */
    public byte[] encode(String text, boolean withMark) {
        byte[] body = encode(text);
        if (!withMark || !marked) {
            return body;
        }
        byte[] mark = mark(charset);
        byte[] all = Arrays.copyOf(mark, mark.length + body.length);
        System.arraycopy(body, 0, all, mark.length, body.length);
        return all;
    }

    /** Returns the text of bytes. A mark at their beginning wins over the encoding; what is malformed becomes U+FFFD. */
    public String decode(byte[] bytes, int offset, int length) {
        for (Mark mark : MARKS) {
            if (mark.begins(bytes, offset, length)) {
                int skipped = mark.bytes.length;
                return new String(bytes, offset + skipped, length - skipped, mark.charset);
            }
        }
        return new String(bytes, offset, length, charset);
    }

    /** Returns how many bytes the mark at the beginning takes, 0 if there is none. */
    private static int markLength(byte[] bytes, int length) {
        for (Mark mark : MARKS) {
            if (mark.begins(bytes, 0, length)) {
                return mark.bytes.length;
            }
        }
        return 0;
    }

    /** Tells whether more bytes could make a mark, or a longer one, out of these. */
    private static boolean mayBecomeMark(byte[] bytes, int length) {
        return MARKS.stream()
                .anyMatch(mark -> mark.bytes.length > length && Arrays.equals(mark.bytes, 0, length, bytes, 0, length));
    }

    /** Reads text out of bytes. A mark at their beginning is skipped, and wins over the encoding. */
    public Reader reader(InputStream bytes) throws IOException {
        byte[] first = new byte[LONGEST_MARK];
        int length = readMark(bytes, first);
        int mark = markLength(first, length);
        InputStream unread = new ByteArrayInputStream(first, mark, length - mark);
        return new InputStreamReader(new SequenceInputStream(unread, bytes), detect(first, length));
    }

    /** Reads no more than may belong to a mark: the other side may wait for an answer to its first byte. */
    private static int readMark(InputStream bytes, byte[] first) throws IOException {
        int length = 0;
        while (length < first.length && mayBecomeMark(first, length)) {
            int next = bytes.read();
            if (next < 0) {
                break;
            }
            first[length++] = (byte) next;
        }
        return length;
    }

    /** Returns the encoding that the mark at the beginning tells, or this one. */
    private Charset detect(byte[] bytes, int length) {
        for (Mark mark : MARKS) {
            if (mark.begins(bytes, 0, length)) {
                return mark.charset;
            }
        }
        return charset;
    }
}
