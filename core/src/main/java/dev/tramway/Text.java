package dev.tramway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Looks at messages as text. */
public final class Text {
    private Text() {}

    /**
     * Copies a message into a string, without moving its position; malformed UTF-8 becomes U+FFFD.
     *
     * @param message from position to limit
     */
    public static String of(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Compares a message with ASCII text, without allocation and without moving its position.
     *
     * @param message from position to limit
     * @param ascii characters up to U+007F
     */
    public static boolean equals(ByteBuffer message, CharSequence ascii) {
        if (message.remaining() != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (message.get(message.position() + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Like {@link #equals(ByteBuffer, CharSequence)}, but a line end (LF or CR LF) after the text is passed over.
     *
     * @param message from position to limit
     * @param ascii characters up to U+007F
     */
    public static boolean equalsLine(ByteBuffer message, CharSequence ascii) {
        int end = message.limit();
        if (end > message.position() && message.get(end - 1) == '\n') {
            end--;
            if (end > message.position() && message.get(end - 1) == '\r') {
                end--;
            }
        }
        int length = end - message.position();
        return length == ascii.length() && equals(message.slice(message.position(), length), ascii);
    }
}
