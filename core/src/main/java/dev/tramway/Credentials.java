package dev.tramway;

import dev.tramway.internal.tls.pem.KeyFiles;
import dev.tramway.internal.tls.pem.KeyWriter;
import dev.tramway.internal.tls.pem.Pkcs12Files;
import dev.tramway.internal.tls.pem.SafeFiles;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its chain and private key, in memory: read from files, or made by {@link Certificates}, and written
 * in any of the usual forms. Reading one form and writing another converts. Immutable, for any thread.
 *
 * <pre>{@code
 * Credentials.pkcs12(Path.of("server.pfx"), "qwerty").writePem(Path.of("server.crt"), Path.of("server.key"), "");
 * }</pre>
 *
 * <p>Files with a private key can be read by their owner only, where the file system knows owners. Files are replaced as
 * a whole. Passwords are given as strings; an empty one means none. All errors are {@link TlsException}s that name file
 * and remedy.
 */
public final class Credentials {
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Credentials(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /**
     * Puts a key and its certificates together. That they belong together is not checked.
     *
     * @param key private key
     * @param chain certificate of the key, then those that signed it; at least one
     * @return the pair
     * @throws IllegalArgumentException if the chain is empty
     */
    public static Credentials of(PrivateKey key, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("certificate chain: empty (expected: at least one certificate)");
        }
        return new Credentials(key, chain);
    }

    /**
     * Reads PEM files.
     *
     * @param chain certificates, in any order
     * @param key private key, may be the same file
     * @param password of the key
     * @return what was read, the chain in order
     */
    public static Credentials pem(Path chain, Path key, String password) {
        return KeyFiles.credentials(chain, key, password);
    }

    /**
     * Reads a PKCS#12 (PFX) file.
     *
     * @param file with a private key
     * @param password of the file and the key
     * @return the first key by name, with its chain
     */
    public static Credentials pkcs12(Path file, String password) {
        return Pkcs12Files.credentials(file, password);
    }

    /**
     * The key's own certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The certificate and those that signed it.
     *
     * @return own certificate first
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The private key.
     *
     * @return keep it away from logs
     */
    public PrivateKey key() {
        return key;
    }

    /**
     * Writes the chain as PEM.
     *
     * @param file for the certificates
     */
    public void writeCertificates(Path file) {
        SafeFiles.write(file, KeyWriter.bytes(KeyWriter.certificates(chain)));
    }

    /**
     * Writes the private key as PEM, PKCS#8.
     *
     * @param file for the key
     * @param password encrypts it (PBES2, AES-256); empty leaves it plain
     */
    public void writeKey(Path file, String password) {
        SafeFiles.writeSecret(file, KeyWriter.bytes(KeyWriter.privateKey(key, password)));
    }

    /**
     * Writes chain and key as two PEM files.
     *
     * @param certificates for the chain
     * @param keyFile for the key
     * @param password encrypts the key; empty leaves it plain
     */
    public void writePem(Path certificates, Path keyFile, String password) {
        writeKey(keyFile, password);
        writeCertificates(certificates);
    }

    /**
     * Writes chain and key as one PEM file.
     *
     * @param file for both
     * @param password encrypts the key; empty leaves it plain
     */
    public void writePem(Path file, String password) {
        String text = KeyWriter.certificates(chain) + KeyWriter.privateKey(key, password);
        SafeFiles.writeSecret(file, KeyWriter.bytes(text));
    }

    /**
     * Writes chain and key as PKCS#12 (PFX).
     *
     * @param file for both
     * @param password of the file and the key
     */
    public void writePkcs12(Path file, String password) {
        SafeFiles.writeSecret(file, Pkcs12Files.write(this, password));
    }

    /** Names the certificate and its end, never the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName() + " until "
                + certificate().getNotAfter().toInstant();
    }
}
