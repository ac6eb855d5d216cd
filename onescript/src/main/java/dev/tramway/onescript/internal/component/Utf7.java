package dev.tramway.onescript.internal.component;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes UTF-7 (RFC 2152), which Java does not have: letters, digits and some signs as they are, all else as runs of base64
 * between + and -.
 */
final class Utf7 {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String OTHER_DIRECT = "\t\n\r '(),-./:?";
    private static final int BITS = 6;
    private static final int MASK = (1 << BITS) - 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean inRun;
    private int pending;
    private int pendingBits;

    private Utf7() {}

    static byte[] encode(String text) {
        Utf7 encoder = new Utf7();
        text.chars().forEach(c -> encoder.put((char) c));
        encoder.endRun();
        return encoder.out.toByteArray();
    }

    private void put(char c) {
        if (isDirect(c)) {
            endRun();
            out.write(c);
        } else if (c == '+' && !inRun) {
            out.writeBytes("+-".getBytes(StandardCharsets.US_ASCII));
        } else {
            beginRun();
            pending = (pending << Character.SIZE) | c;
            pendingBits += Character.SIZE;
            while (pendingBits >= BITS) {
                pendingBits -= BITS;
                out.write(BASE64.charAt((pending >> pendingBits) & MASK));
            }
            pending &= (1 << pendingBits) - 1;
        }
    }

    private static boolean isDirect(char c) {
        boolean letterOrDigit = c != '+' && c != '/' && BASE64.indexOf(c) >= 0;
        return letterOrDigit || OTHER_DIRECT.indexOf(c) >= 0;
    }

    private void beginRun() {
        if (!inRun) {
            out.write('+');
            inRun = true;
        }
    }

    /** Fills the last digit with zeros. */
    private void endRun() {
        if (!inRun) {
            return;
        }
        if (pendingBits > 0) {
            out.write(BASE64.charAt((pending << (BITS - pendingBits)) & MASK));
        }
        out.write('-');
        inRun = false;
        pending = 0;
        pendingBits = 0;
    }
}
