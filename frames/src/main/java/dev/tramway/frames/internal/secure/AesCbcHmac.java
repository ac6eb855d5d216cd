package dev.tramway.frames.internal.secure;

import dev.tramway.frames.secure.PlainAes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-CBC, then HMAC-SHA-256 over all of it. */
public record AesCbcHmac(SecretKeySpec key, SecretKeySpec macKey, int tag) implements PlainAes {
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public byte[] seal(byte[] message, byte[] associated) {
        byte[] iv = new byte[BLOCK];
        RANDOM.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(message);
            byte[] record = Arrays.copyOf(iv, BLOCK + encrypted.length + tag);
            System.arraycopy(encrypted, 0, record, BLOCK, encrypted.length);
            byte[] mac = mac(record, BLOCK + encrypted.length, associated);
            System.arraycopy(mac, 0, record, BLOCK + encrypted.length, tag);
            return record;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] record, byte[] associated) {
        int signed = record.length - tag;
        if (signed < 2 * BLOCK || signed % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] expected = Arrays.copyOf(mac(record, signed, associated), tag);
        // The tag is looked at before anything is decrypted, so that padding tells nobody anything.
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(record, signed, record.length))) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(record, 0, BLOCK));
            return Optional.of(cipher.doFinal(record, BLOCK, signed - BLOCK));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] record, int size, byte[] associated) {
        byte[] signed = Arrays.copyOf(associated, associated.length + size + 8);
        System.arraycopy(record, 0, signed, associated.length, size);
        // The sizes of both parts are signed, so that bytes cannot be moved from one to the other.
        for (int i = 0; i < 8; i++) {
            signed[signed.length - 1 - i] = (byte) ((long) associated.length >>> (8 * i));
        }
        return Hkdf.hmac(macKey.getEncoded(), signed);
    }

    @Override
    public String toString() {
        return "AES-CBC with HMAC-SHA-256";
    }
}
