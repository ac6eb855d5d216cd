package dev.tramway.internal.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.security.cert.CertificateException;

/**
 * Tells BoringSSL which alert to send for a refused certificate; left alone it blames itself with internal_error. Loaded
 * only when an engine of BoringSSL is at work.
 */
final class BoringSslAlert {
    private BoringSslAlert() {}

    static CertificateException of(PeerRefusedException refused) {
        return new OpenSslCertificateException(String.valueOf(refused.getMessage()), refused, code(refused.kind()));
    }

    private static int code(TlsFailure.Kind kind) {
        return switch (kind) {
            case CERTIFICATE_EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
            case CERTIFICATE_UNKNOWN -> CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
            case CERTIFICATE_BAD -> CertificateVerifier.X509_V_ERR_INVALID_PURPOSE;
            default -> CertificateVerifier.X509_V_ERR_CERT_UNTRUSTED;
        };
    }
}
