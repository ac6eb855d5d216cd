package dev.tramway.frames.secure;

import dev.tramway.frames.internal.secure.AesCbcHmac;
import dev.tramway.frames.internal.secure.AesGcm;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES as devices in the field already speak it: each record by itself, with its nonce in front.
 *
 * <p><b>Weaker than {@link SecureLink}:</b> nothing here notices a record that is repeated, left out or comes in another
 * order, and the same key serves for ever and both ways. Put a number or a time into every message and check it. For new
 * devices use {@link SecureLink} or TLS.
 */
public interface PlainAes {
    /**
     * Encrypts.
     *
     * @param message what to protect
     * @param associated bytes that are not encrypted but must be the same at the other end
     */
    byte[] seal(byte[] message, byte[] associated);

    /**
     * Decrypts.
     *
     * @param record what {@link #seal} made
     * @param associated the same bytes
     * @return empty if anything is wrong
     */
    Optional<byte[]> open(byte[] record, byte[] associated);

    /**
     * AES-GCM: nonce (12, random), ciphertext, tag (16). With random nonces no more than 2^32 records for one key.
     *
     * @param key 16, 24 or 32 bytes
     */
    static PlainAes gcm(byte[] key) {
        return new AesGcm(new SecretKeySpec(key, "AES"));
    }

    /**
     * AES-CBC with PKCS #7 padding, then HMAC-SHA-256: iv (16, random), ciphertext, tag (8 to 32). Without HMAC, CBC must not
     * be used: everybody could change messages, and learn them from error messages.
     *
     * @param key 16, 24 or 32 bytes
     * @param macKey at least 16 bytes, another key
     * @param tag size of the tag, 8 to 32 bytes
     */
    static PlainAes cbcHmac(byte[] key, byte[] macKey, int tag) {
        if (macKey.length < 16 || tag < 8 || tag > 32 || Arrays.equals(key, macKey)) {
            throw new IllegalArgumentException("mac key of " + macKey.length + " bytes, tag " + tag
                    + " (expected: another key of 16 or more, 8 to 32)");
        }
        return new AesCbcHmac(new SecretKeySpec(key, "AES"), new SecretKeySpec(macKey, "HmacSHA256"), tag);
    }
}
