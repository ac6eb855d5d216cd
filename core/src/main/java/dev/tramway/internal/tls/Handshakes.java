package dev.tramway.internal.tls;

import dev.tramway.Tls;
import dev.tramway.TlsInfo;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what a handshake agreed on out of an engine. */
final class Handshakes {
    private Handshakes() {}

    static TlsInfo info(SSLEngine engine) {
        SSLSession session = engine.getSession();
        return new TlsInfo(
                session.getProtocol(),
                session.getCipherSuite(),
                peerCertificates(session),
                HostKeyManager.requested(session),
                engine instanceof ReferenceCountedOpenSslEngine ? Tls.Engine.BORINGSSL : Tls.Engine.JDK);
    }

    private static List<X509Certificate> peerCertificates(SSLSession session) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate one : session.getPeerCertificates()) {
                if (one instanceof X509Certificate x509) {
                    certificates.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException showedNone) {
            return List.of();
        }
        return certificates;
    }
}
