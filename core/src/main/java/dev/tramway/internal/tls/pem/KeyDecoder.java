package dev.tramway.internal.tls.pem;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Turns the block of a private key into a key: PKCS#8 plain and encrypted, traditional RSA and EC plain and encrypted. */
final class KeyDecoder {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] VERSION_0 = Der.integer(BigInteger.ZERO);
    /** AlgorithmIdentifier of rsaEncryption with NULL parameters. */
    private static final byte[] RSA_ID = HEX.parseHex("300d06092a864886f70d0101010500");
    /** Object identifier of ecPublicKey. */
    private static final byte[] EC_OID = HEX.parseHex("06072a8648ce3d0201");

    private KeyDecoder() {}

    /**
     * Decodes.
     *
     * @throws GeneralSecurityException if the password is wrong or the kind of key or encryption unknown
     * @throws IllegalArgumentException if the content is not well-formed
     */
    static PrivateKey decode(PemBlock block, String password) throws GeneralSecurityException {
        if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
            return fromPkcs8(decrypt(block.content(), password));
        }
        byte[] plain = block.isEncrypted()
                ? TraditionalEncryption.decrypt(block.header("DEK-Info"), block.content(), password)
                : block.content();
        return switch (block.label()) {
            case "PRIVATE KEY" -> fromPkcs8(plain);
            case "RSA PRIVATE KEY" -> fromPkcs8(wrap(RSA_ID, plain));
            case "EC PRIVATE KEY" -> fromPkcs8(wrap(Der.element(Der.SEQUENCE, EC_OID, curveOf(plain)), plain));
            default -> throw new UnknownEncryptionException("key type " + block.label());
        };
    }

    private static byte[] wrap(byte[] algorithm, byte[] traditional) {
        return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTET_STRING, traditional));
    }

    /** SEC 1 keys name their curve in an element tagged [0], after version and number. */
    private static byte[] curveOf(byte[] sec1) {
        Der key = new Der(sec1).sequence();
        key.integer();
        key.octets();
        return key.content(Der.TAGGED_0);
    }

    private static PrivateKey fromPkcs8(byte[] pkcs8) throws GeneralSecurityException {
        Der info = new Der(pkcs8).sequence();
        info.integer();
        String algorithm = algorithm(info.sequence().objectId());
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static String algorithm(String id) throws UnknownEncryptionException {
        return switch (id) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112", "1.3.101.113" -> "EdDSA";
            default -> throw new UnknownEncryptionException("key algorithm " + id);
        };
    }

    private static byte[] decrypt(byte[] encryptedInfo, String password) throws GeneralSecurityException {
        Der info = new Der(encryptedInfo).sequence();
        Der algorithm = info.sequence();
        if (algorithm.objectId().equals(Pbes2.ID)) {
            return Pbes2.decrypt(algorithm.sequence(), info.octets(), password);
        }
        return decryptPbes1(encryptedInfo, password);
    }

    /** The older schemes, which the JDK knows itself. */
    private static byte[] decryptPbes1(byte[] encryptedInfo, String password) throws GeneralSecurityException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encryptedInfo);
            AlgorithmParameters parameters = info.getAlgParameters();
            Key key = SecretKeyFactory.getInstance(info.getAlgName())
                    .generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not an encrypted PKCS#8 key", malformed);
        } catch (NoSuchAlgorithmException unknown) {
            throw new UnknownEncryptionException("encryption " + unknown.getMessage());
        }
    }
}
