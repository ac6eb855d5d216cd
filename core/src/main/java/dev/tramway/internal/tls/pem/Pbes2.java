package dev.tramway.internal.tls.pem;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of PKCS#8 keys by PBES2 (RFC 8018) with PBKDF2. Reads more than the JDK does: openssl also writes triple DES
 * this way ({@code genrsa -des3}). Writes AES-256 with SHA-256.
 */
final class Pbes2 {
    static final String ID = "1.2.840.113549.1.5.13";

    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    /** More would let one file keep a core busy for minutes. */
    private static final int MOST_ITERATIONS = 20_000_000;

    /** About a tenth of a second per attempt for whoever tries passwords. */
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int AES_BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    // Object identifiers as DER elements.
    private static final byte[] PBES2_OID = HexFormat.of().parseHex("06092a864886f70d01050d");
    private static final byte[] PBKDF2_OID = HexFormat.of().parseHex("06092a864886f70d01050c");
    private static final byte[] AES_256_CBC_OID = HexFormat.of().parseHex("060960864801650304012a");
    /** AlgorithmIdentifier of HMAC with SHA-256 and NULL parameters. */
    private static final byte[] HMAC_SHA_256 = HexFormat.of().parseHex("300c06082a864886f70d02090500");

    private Pbes2() {}

    /** Encrypts a PKCS#8 key; the result is an EncryptedPrivateKeyInfo. */
    static byte[] encrypt(byte[] pkcs8, String password) {
        byte[] salt = random(SALT_BYTES);
        byte[] iv = random(AES_BLOCK);
        try {
            byte[] key = derive("SHA256", password, salt, ITERATIONS, Scheme.AES_256.keyBytes);
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, Scheme.AES_256, key, iv).doFinal(pkcs8);
            return Der.element(Der.SEQUENCE, algorithm(salt, iv), Der.element(Der.OCTET_STRING, encrypted));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES and PBKDF2", impossible);
        }
    }

    private static byte[] algorithm(byte[] salt, byte[] iv) {
        byte[] parameters = Der.element(
                Der.SEQUENCE,
                Der.element(Der.OCTET_STRING, salt),
                Der.integer(BigInteger.valueOf(ITERATIONS)),
                HMAC_SHA_256);
        byte[] derivation = Der.element(Der.SEQUENCE, PBKDF2_OID, parameters);
        byte[] encryption = Der.element(Der.SEQUENCE, AES_256_CBC_OID, Der.element(Der.OCTET_STRING, iv));
        return Der.element(Der.SEQUENCE, PBES2_OID, Der.element(Der.SEQUENCE, derivation, encryption));
    }

    /**
     * Decrypts.
     *
     * @param parameters of the algorithm PBES2: key derivation and cipher
     * @throws GeneralSecurityException if the password is wrong, or the algorithm unknown
     */
    static byte[] decrypt(Der parameters, byte[] encrypted, String password) throws GeneralSecurityException {
        Der derivation = parameters.sequence();
        Der encryption = parameters.sequence();
        String derivationId = derivation.objectId();
        if (!derivationId.equals(PBKDF2)) {
            throw new UnknownEncryptionException("key derivation " + derivationId);
        }
        Scheme scheme = Scheme.of(encryption.objectId());
        byte[] iv = encryption.octets();
        byte[] key = derive(derivation.sequence(), scheme.keyBytes, password);
        return cipher(Cipher.DECRYPT_MODE, scheme, key, iv).doFinal(encrypted);
    }

    private static Cipher cipher(int mode, Scheme scheme, byte[] key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(scheme.algorithm + "/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, scheme.algorithm), new IvParameterSpec(iv));
        return cipher;
    }

    private static byte[] derive(Der parameters, int keyBytes, String password) throws GeneralSecurityException {
        byte[] salt = parameters.octets();
        int iterations = parameters.integer().intValueExact();
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new UnknownEncryptionException("PBKDF2 with " + iterations + " iterations");
        }
        if (parameters.nextIs(Der.INTEGER)) {
            parameters.integer();
        }
        String hash = parameters.hasMore() ? hash(parameters.sequence().objectId()) : "SHA1";
        return derive(hash, password, salt, iterations, keyBytes);
    }

    private static byte[] derive(String hash, String password, byte[] salt, int iterations, int keyBytes)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, keyBytes * Byte.SIZE);
        return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                .generateSecret(spec)
                .getEncoded();
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String hash(String id) throws UnknownEncryptionException {
        return switch (id) {
            case "1.2.840.113549.2.7" -> "SHA1";
            case "1.2.840.113549.2.8" -> "SHA224";
            case "1.2.840.113549.2.9" -> "SHA256";
            case "1.2.840.113549.2.10" -> "SHA384";
            case "1.2.840.113549.2.11" -> "SHA512";
            default -> throw new UnknownEncryptionException("hash " + id);
        };
    }

    private enum Scheme {
        TRIPLE_DES("DESede", 24),
        AES_128("AES", 16),
        AES_192("AES", 24),
        AES_256("AES", 32);

        private final String algorithm;
        private final int keyBytes;

        Scheme(String algorithm, int keyBytes) {
            this.algorithm = algorithm;
            this.keyBytes = keyBytes;
        }

        static Scheme of(String id) throws UnknownEncryptionException {
            return switch (id) {
                case "1.2.840.113549.3.7" -> TRIPLE_DES;
                case "2.16.840.1.101.3.4.1.2" -> AES_128;
                case "2.16.840.1.101.3.4.1.22" -> AES_192;
                case "2.16.840.1.101.3.4.1.42" -> AES_256;
                default -> throw new UnknownEncryptionException("cipher " + id);
            };
        }
    }
}
