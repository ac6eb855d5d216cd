package dev.tramway.server.internal;

import dev.tramway.Credentials;
import dev.tramway.Tls;
import dev.tramway.server.internal.ServeSettings.CertificateFiles;
import dev.tramway.server.internal.ServeSettings.CertificateSettings;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The TLS settings of a listener, and what people should know of its certificate.
 *
 * @param tls settings
 * @param credentials certificate and key
 * @param certificate its file
 * @param origin where it comes from, in a few words
 * @param end until when it is valid
 */
record ServerTls(Tls tls, Credentials credentials, Path certificate, String origin, Instant end) {

    /** That of a listener's configuration. */
    static ServerTls of(TlsConfig config, Path state, List<String> names) {
        CertificateSettings settings = new CertificateSettings(
                state,
                names,
                config.certificate()
                        .map(chain -> new CertificateFiles(
                                chain,
                                config.key().orElse(chain),
                                config.password().map(Secret::reveal).orElse(""))));
        ServerTls own = settings.own().map(ServerTls::given).orElseGet(() -> kept(settings));
        return config.clients()
                .map(authority -> new ServerTls(
                        own.tls.trust(authority).requireClientCertificate(),
                        own.credentials,
                        own.certificate,
                        own.origin,
                        own.end))
                .orElse(own);
    }

    private static ServerTls given(CertificateFiles files) {
        Credentials read = files.isPkcs12()
                ? Credentials.pkcs12(files.chain(), files.password())
                : Credentials.pem(files.chain(), files.key(), files.password());
        Tls tls = files.isPkcs12()
                ? Tls.pkcs12(files.chain(), files.password())
                : Tls.pem(files.chain(), files.key(), files.password());
        return of(tls, read, files.chain(), "as given");
    }

    private static ServerTls kept(CertificateSettings settings) {
        OwnCertificate.Kept kept = new OwnCertificate(settings.state(), Clock.systemUTC()).get(settings.names());
        String origin = kept.origin() + ", for " + String.join(" ", settings.names());
        return of(Tls.of(kept.credentials()), kept.credentials(), kept.file(), origin);
    }

    private static ServerTls of(Tls tls, Credentials credentials, Path file, String origin) {
        Instant end = credentials.certificate().getNotAfter().toInstant();
        return new ServerTls(tls, credentials, file.toAbsolutePath(), origin, end);
    }
}
