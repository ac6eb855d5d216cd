package dev.tramway.frames.internal.secure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-CCM of RFC 3610. The JDK has no CCM, but the two modes that it is made of: CBC, whose last block is the tag, and CTR,
 * which encrypts. Used by one thread at a time.
 */
public final class Ccm {
    private static final int BLOCK = 16;

    private final SecretKeySpec key;
    private final int tag;
    private final int nonce;
    private final Cipher cbc;
    private final Cipher ctr;

    /**
     * A cipher.
     *
     * @param key 16, 24 or 32 bytes
     * @param nonce size of the nonce, 7 to 13
     * @param tag size of the tag: 4, 6, ... 16
     */
    public Ccm(byte[] key, int nonce, int tag) {
        if (nonce < 7 || nonce > 13 || tag < 4 || tag > 16 || tag % 2 != 0) {
            throw new IllegalArgumentException(
                    "nonce " + nonce + ", tag " + tag + " (expected: 7 to 13; 4, 6, ... 16)");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.nonce = nonce;
        this.tag = tag;
        try {
            cbc = Cipher.getInstance("AES/CBC/NoPadding");
            ctr = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES", e);
        }
    }

    /** Encrypts; the tag stands behind. */
    public byte[] seal(byte[] number, byte[] associated, byte[] plain) {
        requireNonce(number);
        byte[] mac = mac(number, associated, plain);
        byte[] stream = counted(number, concat(mac, plain));
        byte[] sealed = new byte[plain.length + tag];
        System.arraycopy(stream, BLOCK, sealed, 0, plain.length);
        System.arraycopy(stream, 0, sealed, plain.length, tag);
        return sealed;
    }

    /** Decrypts; null if the tag is wrong. */
    public byte @Nullable [] open(byte[] number, byte[] associated, byte[] sealed) {
        requireNonce(number);
        if (sealed.length < tag) {
            return null;
        }
        int size = sealed.length - tag;
        byte[] mixed = new byte[BLOCK + size];
        System.arraycopy(sealed, size, mixed, 0, tag);
        System.arraycopy(sealed, 0, mixed, BLOCK, size);
        byte[] stream = counted(number, mixed);
        byte[] plain = Arrays.copyOfRange(stream, BLOCK, stream.length);
        byte[] expected = Arrays.copyOf(mac(number, associated, plain), tag);
        return MessageDigest.isEqual(expected, Arrays.copyOf(stream, tag)) ? plain : null;
    }

    private void requireNonce(byte[] number) {
        if (number.length != nonce) {
            throw new IllegalArgumentException("nonce of " + number.length + " bytes (expected: " + nonce + ")");
        }
    }

    /** The counter begins at 0, whose block encrypts the tag. */
    private byte[] counted(byte[] number, byte[] data) {
        byte[] first = new byte[BLOCK];
        first[0] = (byte) (14 - nonce);
        System.arraycopy(number, 0, first, 1, nonce);
        try {
            ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(first));
            return ctr.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    private byte[] mac(byte[] number, byte[] associated, byte[] plain) {
        ByteBuffer blocks = ByteBuffer.allocate(
                BLOCK + padded(associated.length == 0 ? 0 : associated.length + 2) + padded(plain.length));
        blocks.put((byte) ((associated.length == 0 ? 0 : 0x40) | ((tag - 2) / 2) << 3 | (14 - nonce)));
        blocks.put(number);
        for (int shift = 8 * (14 - nonce); shift >= 0; shift -= 8) {
            blocks.put((byte) (shift >= 32 ? 0 : plain.length >>> shift));
        }
        if (associated.length > 0) {
            blocks.putShort((short) associated.length).put(associated);
            blocks.position(BLOCK + padded(associated.length + 2));
        }
        blocks.put(plain);
        try {
            cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
            byte[] all = cbc.doFinal(blocks.array());
            return Arrays.copyOfRange(all, all.length - BLOCK, all.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    private static int padded(int size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
