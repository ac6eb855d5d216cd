package dev.tramway.cli.cert;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The CA that signs. */
final class AuthorityOptions {
    @Option(names = "--ca", paramLabel = "FILE", description = "Certificate of the CA (default: ca.crt in DIR).")
    @Nullable
    Path certificate;

    @Option(
            names = "--ca-key",
            paramLabel = "FILE",
            description = "Its key (default: ca.key in the same directory; a .pem, .p12 or .pfx holds it itself).")
    @Nullable
    Path key;

    @Option(
            names = "--ca-password",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            description = "Password of its key, if it has one; asks for it if no text follows.")
    String password = "";

    @Option(names = "--self-signed", description = "Without a CA.")
    boolean selfSigned;

    /** Reads the CA; none if the certificate signs itself. */
    Optional<Credentials> read(Path directory) {
        if (selfSigned) {
            return Optional.empty();
        }
        Path file = certificate != null ? certificate : directory.resolve("ca.crt");
        if (certificate == null && !Files.exists(file)) {
            throw new TlsException("There is no " + file
                    + ": make one with `tramway cert ca`, name one with --ca, or add" + " --self-signed");
        }
        return Optional.of(CredentialFile.read(file, keyBeside(file), password));
    }

    private Optional<Path> keyBeside(Path file) {
        if (key != null) {
            return Optional.of(key);
        }
        return file.toString().endsWith(".crt") ? Optional.of(file.resolveSibling("ca.key")) : Optional.empty();
    }
}
