package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Characters.
 *
 * @param extent how many bytes
 * @param charset how they are encoded
 * @param pad byte that fills up a fixed size and is taken off the end; -1 for none
 */
public record TextType(Extent extent, Charset charset, int pad) implements Type {
    private static final Set<Charset> HAVE_ASCII =
            Set.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8);

    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

    @Override
    public int bits() {
        return extent.bits();
    }

    @Override
    public int end(ByteBuffer bytes, int bit, int limit) {
        return extent.end(bytes, bit, limit);
    }

    @Override
    public String text(ByteBuffer bytes, int bit, int end) {
        byte[] content = content(extent, bytes, bit, end);
        int size = content.length;
        while (pad >= 0 && size > 0 && (content[size - 1] & 0xff) == pad) {
            size--;
        }
        return new String(content, 0, size, charset);
    }

    static byte[] content(Extent extent, ByteBuffer bytes, int bit, int end) {
        int from = extent.contentStart(bit) / 8;
        byte[] content = new byte[Math.max(0, extent.contentEnd(end) / 8 - from)];
        bytes.get(from, content);
        return content;
    }

    @Override
    public long key(ByteBuffer bytes, int bit, int end) {
        int width = Math.min(end - bit, 64);
        return width <= 0 ? 0 : Bits.read(bytes, bit, width);
    }

    @Override
    public void write(Object value, Output out) {
        if (HAVE_ASCII.contains(charset) && value instanceof String given && isAscii(given)) {
            extent.write(given.getBytes(StandardCharsets.US_ASCII), pad, out); // spares making an encoder
            return;
        }
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(String.valueOf(value)));
            byte[] content = new byte[encoded.remaining()];
            encoded.get(content);
            extent.write(content, pad, out);
        } catch (CharacterCodingException e) {
            throw new ValueException(value, "characters of " + charset);
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
