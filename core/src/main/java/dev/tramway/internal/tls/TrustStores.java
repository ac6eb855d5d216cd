package dev.tramway.internal.tls;

import dev.tramway.TlsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the JDK's trust managers from certificates. */
final class TrustStores {
    private TrustStores() {}

    /** Trusts chains that end at one of these certificates, with at most so many between it and the peer's own. */
    static X509ExtendedTrustManager of(List<X509Certificate> anchors, int intermediates) {
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(store(anchors), new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(intermediates);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return manager(factory);
        } catch (GeneralSecurityException | IOException failure) {
            throw new TlsException("The trusted certificates cannot be used: " + failure.getMessage(), failure);
        }
    }

    /** What the system trusts. */
    static List<X509Certificate> system() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            List<X509Certificate> system = List.of(manager(factory).getAcceptedIssuers());
            if (system.isEmpty()) {
                throw new TlsException("The system trusts no certificate at all: name the CA with trust(...), or set"
                        + " javax.net.ssl.trustStore");
            }
            return system;
        } catch (GeneralSecurityException failure) {
            throw new TlsException(
                    "The system's trusted certificates cannot be read: " + failure.getMessage(), failure);
        }
    }

    static List<X509Certificate> join(List<X509Certificate> some, List<X509Certificate> others) {
        List<X509Certificate> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static KeyStore store(List<X509Certificate> anchors) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry(String.valueOf(i), anchors.get(i));
        }
        return store;
    }

    private static X509ExtendedTrustManager manager(TrustManagerFactory factory) {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new TlsException(
                "The JDK's trust manager is of an unknown kind: remove the security provider that replaces it");
    }
}
