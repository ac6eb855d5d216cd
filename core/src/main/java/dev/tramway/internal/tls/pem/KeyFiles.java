package dev.tramway.internal.tls.pem;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads certificates and keys from PEM files. Every error names the file, what was found there, and the remedy. */
public final class KeyFiles {
    /** Far above every chain and key, far below what would hurt. */
    private static final long MOST_BYTES = 4 << 20;

    private KeyFiles() {}

    /**
     * Reads a chain and its key.
     *
     * @param chain PEM file with certificates
     * @param key PEM file with the private key, may be the same file
     * @param password of the key, empty for none
     */
    public static Credentials credentials(Path chain, Path key, String password) {
        List<X509Certificate> certificates = certificates(chain);
        PrivateKey privateKey = privateKey(key, password);
        List<X509Certificate> ordered = KeyMatch.chain(privateKey, certificates)
                .orElseThrow(
                        () -> new TlsException("The private key in " + key + " does not belong to the certificate in "
                                + chain + " ("
                                + certificates.get(0).getSubjectX500Principal().getName()
                                + "): give the key that the certificate was requested with"));
        return Credentials.of(privateKey, ordered);
    }

    /**
     * Reads all certificates of a PEM file, or the one of a DER file.
     *
     * @param file at least one certificate
     */
    public static List<X509Certificate> certificates(Path file) {
        byte[] content = read(file);
        if (content.length > 0 && content[0] == Der.SEQUENCE) {
            return List.of(certificate(content, file));
        }
        List<PemBlock> blocks = blocks(content, file);
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                certificates.add(certificate(block.content(), file));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(file + " holds no certificate but " + found(blocks)
                    + ": give the file with -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    /**
     * Reads the first private key of a PEM file.
     *
     * @param file with a private key
     * @param password of the key, empty for none
     */
    public static PrivateKey privateKey(Path file, String password) {
        List<PemBlock> blocks = blocks(read(file), file);
        PemBlock block = blocks.stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> new TlsException(file + " holds no private key but " + found(blocks)
                        + ": give the file with -----BEGIN PRIVATE KEY----- (or ENCRYPTED, RSA, EC)"));
        if (block.isEncrypted() && password.isEmpty()) {
            throw new TlsException("The private key in " + file + " is encrypted: give its password");
        }
        return decode(block, file, password);
    }

    private static PrivateKey decode(PemBlock block, Path file, String password) {
        try {
            return KeyDecoder.decode(block, password);
        } catch (UnknownEncryptionException unknown) {
            throw new TlsException(
                    "The private key in " + file + " cannot be read here (" + unknown.getMessage()
                            + "): convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + file + " -out new.key",
                    unknown);
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            String text = block.isEncrypted()
                    ? "The private key in " + file + " does not open with this password: check the password"
                    : "The private key in " + file + " is damaged (" + failure.getMessage() + "): write it anew";
            throw new TlsException(text, failure);
        }
    }

    static byte[] read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new TlsException(
                        file + " has " + Files.size(file) + " bytes: that is no certificate or key file");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new TlsException(
                    "There is no file " + file.toAbsolutePath() + ": check the path, or make one with `tramway cert`",
                    missing);
        } catch (AccessDeniedException denied) {
            throw new TlsException(file + " may not be read: let the user of this process read it", denied);
        } catch (IOException failure) {
            throw new TlsException(file + " could not be read: " + failure, failure);
        }
    }

    private static List<PemBlock> blocks(byte[] content, Path file) {
        List<PemBlock> blocks;
        try {
            blocks = PemBlock.parse(new String(content, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException damaged) {
            throw new TlsException(file + " is damaged: a PEM block in it is not base64", damaged);
        }
        if (blocks.isEmpty()) {
            throw new TlsException(file + " is not PEM (" + guess(content)
                    + "): give a file with -----BEGIN ...----- lines, or use Tls.pkcs12 for .p12 and .pfx");
        }
        return blocks;
    }

    private static String guess(byte[] content) {
        if (content.length == 0) {
            return "it is empty";
        }
        return content[0] == Der.SEQUENCE ? "it is binary, DER or PKCS#12" : "no PEM block was found";
    }

    private static String found(List<PemBlock> blocks) {
        return blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", "));
    }

    private static X509Certificate certificate(byte[] der, Path file) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException damaged) {
            throw new TlsException(file + " holds a certificate that cannot be read: " + damaged.getMessage(), damaged);
        }
    }
}
