package dev.tramway;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a finished TLS handshake agreed on. Immutable, for any thread.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher cipher suite by its standard name, for example {@code TLS_AES_128_GCM_SHA256}
 * @param peerCertificates what the peer proved to be, its own certificate first; empty if it showed none
 * @param serverName host name that the client asked for (SNI), in lower case
 * @param engine what did the work, {@link Tls.Engine#JDK} or {@link Tls.Engine#BORINGSSL}
 */
public record TlsInfo(
        String protocol,
        String cipher,
        List<X509Certificate> peerCertificates,
        Optional<String> serverName,
        Tls.Engine engine) {
    /** Copies the list. */
    public TlsInfo {
        peerCertificates = List.copyOf(peerCertificates);
    }

    /**
     * The peer's own certificate.
     *
     * @return the first of its certificates, if it showed one
     */
    public Optional<X509Certificate> peerCertificate() {
        return peerCertificates.stream().findFirst();
    }

    /** One line for a log: protocol, cipher, engine, peer and server name, without certificate contents. */
    @Override
    public String toString() {
        String peer = peerCertificate()
                .map(one -> ", peer " + one.getSubjectX500Principal().getName())
                .orElse("");
        return protocol + " " + cipher + " (" + engine + ")" + peer
                + serverName.map(name -> ", asked for " + name).orElse("");
    }
}
