package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a sink trusts over TLS: the authorities of a PEM file, which is its option {@code ca}, or else those of the system. */
final class Trust {
    private static final String OPTION = "ca";

    private final TrustManagerFactory factory;

    private Trust(TrustManagerFactory factory) {
        this.factory = factory;
    }

    static Trust of(SinkOptions options) {
        Optional<Path> file = options.optionalPath(OPTION);
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(file.isPresent() ? read(file.get()) : null);
            return new Trust(factory);
        } catch (GeneralSecurityException | IOException e) {
            throw SinkOptions.wrong(
                    OPTION,
                    file.map(Path::toString).orElse(""),
                    "a PEM file with certificates of authorities: " + e.getMessage());
        }
    }

    private static @Nullable KeyStore read(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("it has none");
            }
        }
        return store;
    }

    TrustManagerFactory factory() {
        return factory;
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has TLS
        }
    }
}
