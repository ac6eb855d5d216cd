package dev.tramway.internal.tls.pem;

import dev.tramway.TlsException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Makes the text of PEM files. */
public final class KeyWriter {
    private KeyWriter() {}

    /**
     * Writes certificates one after the other.
     *
     * @param chain to write
     */
    public static String certificates(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate one : chain) {
                text.append(PemBlock.format("CERTIFICATE", one.getEncoded()));
            }
        } catch (CertificateEncodingException failure) {
            throw new TlsException("A certificate cannot be encoded: " + failure.getMessage(), failure);
        }
        return text.toString();
    }

    /**
     * Writes a key as PKCS#8.
     *
     * @param key to write
     * @param password encrypts it with AES-256; empty leaves it plain
     */
    public static String privateKey(PrivateKey key, String password) {
        byte[] pkcs8 = key.getEncoded();
        if (pkcs8 == null) {
            throw new TlsException("The private key cannot be written: it lies in hardware that does not give it away");
        }
        return password.isEmpty()
                ? PemBlock.format("PRIVATE KEY", pkcs8)
                : PemBlock.format("ENCRYPTED PRIVATE KEY", Pbes2.encrypt(pkcs8, password));
    }

    /**
     * Writes a block of another kind.
     *
     * @param label what stands after BEGIN
     * @param der content
     */
    public static String block(String label, byte[] der) {
        return PemBlock.format(label, der);
    }

    /** Bytes of a PEM text. */
    public static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
