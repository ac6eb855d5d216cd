package dev.tramway.cli.cert;

import dev.tramway.Credentials;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Files with certificates and keys, told apart by how their names end. */
final class CredentialFile {
    private CredentialFile() {}

    /** Reads PKCS#12, or PEM with the key in the same file or another. */
    static Credentials read(Path file, Optional<Path> key, String password) {
        return isPkcs12(file) ? Credentials.pkcs12(file, password) : Credentials.pem(file, key.orElse(file), password);
    }

    /** Writes in the form that the name asks for. */
    static void write(Credentials credentials, Path file, String password) {
        String name = name(file);
        if (isPkcs12(file)) {
            credentials.writePkcs12(file, password);
        } else if (name.endsWith(".pem")) {
            credentials.writePem(file, password);
        } else if (name.endsWith(".key")) {
            credentials.writeKey(file, password);
        } else if (name.endsWith(".crt") || name.endsWith(".cer")) {
            credentials.writeCertificates(file);
        } else {
            throw new IllegalArgumentException(
                    file + " (expected: a name that ends in .pem, .key, .crt, .cer, .p12 or .pfx)");
        }
    }

    /** What is in a file with such a name. */
    static String content(Path file, boolean encrypted) {
        String name = name(file);
        String key = encrypted ? "encrypted key" : "key";
        if (isPkcs12(file)) {
            return "certificate and " + key + ", PKCS#12";
        }
        return name.endsWith(".pem") ? "certificate and " + key : name.endsWith(".key") ? key : "certificate";
    }

    private static boolean isPkcs12(Path file) {
        return name(file).endsWith(".p12") || name(file).endsWith(".pfx");
    }

    private static String name(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }
}
