package dev.tramway.internal.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * SHA-256 of a public key.
 *
 * @param hex 64 digits in lower case
 */
record Pin(String hex) {
    private static final int BYTES = 32;

    static Pin of(PublicKey key) {
        try {
            return new Pin(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /**
     * Reads the text of a pin.
     *
     * @throws IllegalArgumentException if it is neither 64 hexadecimal digits nor base64 of 32 bytes
     */
    static Pin parse(String text) {
        String bare = text.strip().replaceFirst("^sha256/+", "");
        byte[] hash = decode(bare);
        if (hash.length != BYTES) {
            throw new IllegalArgumentException(
                    "pin: " + text + " (expected: SHA-256 of the public key as 64 hexadecimal digits or in base64)");
        }
        return new Pin(HexFormat.of().formatHex(hash));
    }

    private static byte[] decode(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        try {
            return digits.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(digits)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "sha256/" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
