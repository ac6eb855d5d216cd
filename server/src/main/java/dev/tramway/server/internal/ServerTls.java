package dev.tramway.server.internal;

import dev.tramway.Credentials;
import dev.tramway.Tls;
import dev.tramway.server.internal.ServeSettings.CertificateFiles;
import dev.tramway.server.internal.ServeSettings.CertificateSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * The TLS settings of the server, and what people should know of its certificate.
 *
 * @param tls settings
 * @param certificate its file
 * @param origin where it comes from, in a few words
 * @param end until when it is valid
 */
record ServerTls(Tls tls, Path certificate, String origin, Instant end) {

    static ServerTls of(CertificateSettings settings) {
        return settings.own().map(ServerTls::given).orElseGet(() -> kept(settings));
    }

    private static ServerTls given(CertificateFiles files) {
        Credentials read = files.isPkcs12()
                ? Credentials.pkcs12(files.chain(), files.password())
                : Credentials.pem(files.chain(), files.key(), files.password());
        return of(read, files.chain(), "as given");
    }

    private static ServerTls kept(CertificateSettings settings) {
        OwnCertificate.Kept kept = new OwnCertificate(settings.state(), Clock.systemUTC()).get(settings.names());
        return of(kept.credentials(), kept.file(), kept.origin() + ", for " + String.join(" ", settings.names()));
    }

    private static ServerTls of(Credentials credentials, Path file, String origin) {
        Instant end = credentials.certificate().getNotAfter().toInstant();
        return new ServerTls(Tls.of(credentials), file.toAbsolutePath(), origin, end);
    }
}
