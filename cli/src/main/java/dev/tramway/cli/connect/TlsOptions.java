package dev.tramway.cli.connect;

import dev.tramway.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to talk TLS, and whom to trust. */
final class TlsOptions {
    @Option(names = "--tls", description = "Talk TLS. Each of the options below means it too.")
    private boolean tls;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Certificate in PEM, of the server or of its CA, to trust instead of the system's.")
    private List<Path> trusted = new ArrayList<>();

    @Option(names = "--insecure", description = "Trust every certificate: anyone on the way can read and change data.")
    private boolean insecure;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "Name that the certificate must be for, and that is sent (SNI), instead of HOST.")
    private @Nullable String serverName;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Certificate to show, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its key, in PEM (default: in the certificate's file).")
    private @Nullable Path key;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            arity = "0..1",
            interactive = true,
            echo = false,
            description = "Password of the key; asks for it if no text follows.")
    private String password = "";

    boolean isWanted() {
        return tls || insecure || !trusted.isEmpty() || serverName != null || certificate != null || key != null;
    }

    /** The settings that the options ask for. */
    Tls settings() {
        Tls settings = Tls.client();
        if (!trusted.isEmpty()) {
            settings = settings.trust(trusted.toArray(Path[]::new));
        }
        if (insecure) {
            settings = settings.insecureTrustEverything();
        }
        if (serverName != null) {
            settings = settings.serverName(serverName);
        }
        if (certificate != null) {
            settings = settings.certificate(certificate, key == null ? certificate : key, password);
        } else if (key != null) {
            throw new IllegalArgumentException(
                    "--key needs the certificate that it belongs to: add --certificate FILE");
        }
        return settings;
    }
}
