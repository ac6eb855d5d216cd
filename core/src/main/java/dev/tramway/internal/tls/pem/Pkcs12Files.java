package dev.tramway.internal.tls.pem;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads and writes PKCS#12 (PFX) files. Every error names the file, what was found there, and the remedy. */
public final class Pkcs12Files {
    private Pkcs12Files() {}

    /**
     * Reads the first private key by name, with its chain.
     *
     * @param file the file
     * @param password of file and key
     */
    public static Credentials credentials(Path file, String password) {
        KeyStore store = open(file, password);
        try {
            for (String alias : names(store)) {
                if (store.isKeyEntry(alias)) {
                    return entry(store, alias, password);
                }
            }
        } catch (GeneralSecurityException failure) {
            throw new TlsException(
                    "The private key in " + file + " cannot be opened: " + failure.getMessage(), failure);
        }
        throw new TlsException(file + " holds no private key: export it together with the certificate, with"
                + " openssl pkcs12 -export -inkey KEY -in CERTIFICATE -out " + file);
    }

    /**
     * Reads the certificates to trust: those stored as trusted, and of each entry with a key the last of its chain.
     *
     * @param file the file
     * @param password of the file
     */
    public static List<X509Certificate> trusted(Path file, String password) {
        KeyStore store = open(file, password);
        List<X509Certificate> trusted = new ArrayList<>();
        try {
            for (String alias : names(store)) {
                Certificate[] chain = store.getCertificateChain(alias);
                Certificate one = chain == null ? store.getCertificate(alias) : chain[chain.length - 1];
                if (one instanceof X509Certificate x509) {
                    trusted.add(x509);
                }
            }
        } catch (GeneralSecurityException failure) {
            throw new TlsException(file + " cannot be read: " + failure.getMessage(), failure);
        }
        if (trusted.isEmpty()) {
            throw new TlsException(file + " holds no certificate that is marked as trusted: give the CA as a PEM file");
        }
        return List.copyOf(trusted);
    }

    /**
     * Makes the content of a file with one key and its chain.
     *
     * @param credentials to write
     * @param password of file and key
     */
    public static byte[] write(Credentials credentials, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = credentials.chain().toArray(Certificate[]::new);
            store.setKeyEntry("1", credentials.key(), password.toCharArray(), chain);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException failure) {
            throw new TlsException("The key cannot be written as PKCS#12: " + failure.getMessage(), failure);
        }
    }

    private static Credentials entry(KeyStore store, String alias, String password) throws GeneralSecurityException {
        PrivateKey key = (PrivateKey) store.getKey(alias, password.toCharArray());
        Certificate[] chain = store.getCertificateChain(alias);
        return Credentials.of(
                key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    }

    private static List<String> names(KeyStore store) throws GeneralSecurityException {
        List<String> names = Collections.list(store.aliases());
        Collections.sort(names);
        return names;
    }

    private static KeyStore open(Path file, String password) {
        byte[] content = KeyFiles.read(file);
        if (content.length == 0 || content[0] != Der.SEQUENCE) {
            throw new TlsException(file + " is not PKCS#12: for a PEM file use Tls.pem, or convert it with"
                    + " openssl pkcs12 -export -in " + file + " -out new.p12");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.toCharArray());
            return store;
        } catch (IOException failure) {
            throw new TlsException(problem(file, failure), failure);
        } catch (GeneralSecurityException failure) {
            throw new TlsException(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static String problem(Path file, IOException failure) {
        if (failure.getCause() instanceof UnrecoverableKeyException) {
            return file + " does not open with this password: check the password";
        }
        return file + " is damaged or not PKCS#12 (" + failure.getMessage() + "): export it anew";
    }
}
