package dev.tramway.internal.tls.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens keys in the old encryption of OpenSSL ({@code Proc-Type: 4,ENCRYPTED}), whose key is MD5 over password and salt.
 * Only for reading what exists; nothing is written this way.
 */
final class TraditionalEncryption {
    private static final int SALT_BYTES = 8;

    private TraditionalEncryption() {}

    /**
     * Decrypts.
     *
     * @param info value of the header DEK-Info: cipher and initial vector
     * @throws GeneralSecurityException if the password is wrong, or the cipher unknown
     */
    static byte[] decrypt(String info, byte[] encrypted, String password) throws GeneralSecurityException {
        int comma = info.indexOf(',');
        if (comma < 0) {
            throw new UnknownEncryptionException("DEK-Info " + info);
        }
        String name = info.substring(0, comma).strip().toUpperCase(Locale.ROOT);
        byte[] iv = HexFormat.of().parseHex(info.substring(comma + 1).strip());
        byte[] key = derive(password.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(iv, SALT_BYTES), keyBytes(name));
        String algorithm = name.startsWith("AES") ? "AES" : name.startsWith("DES-EDE3") ? "DESede" : "DES";
        Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
        return cipher.doFinal(encrypted);
    }

    private static int keyBytes(String name) throws UnknownEncryptionException {
        return switch (name) {
            case "DES-CBC" -> 8;
            case "AES-128-CBC" -> 16;
            case "DES-EDE3-CBC", "AES-192-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default -> throw new UnknownEncryptionException("cipher " + name);
        };
    }

    /** OpenSSL's EVP_BytesToKey with MD5 and one round. */
    private static byte[] derive(byte[] password, byte[] salt, int keyBytes) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[keyBytes];
        byte[] block = {};
        for (int filled = 0; filled < keyBytes; filled += block.length) {
            md5.update(block);
            md5.update(password);
            block = md5.digest(salt);
            System.arraycopy(block, 0, key, filled, Math.min(block.length, keyBytes - filled));
        }
        return key;
    }
}
