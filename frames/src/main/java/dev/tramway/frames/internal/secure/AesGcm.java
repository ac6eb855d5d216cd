package dev.tramway.frames.internal.secure;

import dev.tramway.frames.secure.PlainAes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with a random nonce in front. */
public record AesGcm(SecretKeySpec key) implements PlainAes {
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public byte[] seal(byte[] message, byte[] associated) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(associated);
            byte[] record = Arrays.copyOf(nonce, NONCE + message.length + TAG);
            cipher.doFinal(message, 0, message.length, record, NONCE);
            return record;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] record, byte[] associated) {
        if (record.length < NONCE + TAG) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, record, 0, NONCE));
            cipher.updateAAD(associated);
            return Optional.of(cipher.doFinal(record, NONCE, record.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "AES-GCM";
    }
}
