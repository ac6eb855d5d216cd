package dev.tramway.internal.framing;

import dev.tramway.Codec;
import dev.tramway.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8. */
public enum Utf8Codec implements Codec<String> {
    /** The only one. */
    INSTANCE;

    @Override
    public String decode(ByteBuffer message) {
        return Text.of(message);
    }

    @Override
    public int encodedSize(String text) {
        return Math.multiplyExact(text.length(), 3);
    }

    @Override
    public void encode(String text, ByteBuffer target) {
        target.put(text.getBytes(StandardCharsets.UTF_8));
    }
}
