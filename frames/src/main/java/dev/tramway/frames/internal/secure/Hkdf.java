package dev.tramway.frames.internal.secure;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF of RFC 5869 with HMAC-SHA-256; the JDK has one of its own from version 25 on. */
public final class Hkdf {
    private static final int SIZE = 32;

    private Hkdf() {}

    /** Derives key material. */
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int size) {
        if (size < 1 || size > 255 * SIZE) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1 to " + 255 * SIZE + ")");
        }
        byte[] extracted = hmac(salt.length == 0 ? new byte[SIZE] : salt, secret);
        byte[] out = new byte[size];
        byte[] block = new byte[0];
        for (int done = 0, i = 1; done < size; i++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) i;
            block = hmac(extracted, input);
            int part = Math.min(SIZE, size - done);
            System.arraycopy(block, 0, out, done, part);
            done += part;
        }
        return out;
    }

    /** HMAC-SHA-256. */
    public static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HMAC-SHA-256", e);
        }
    }
}
