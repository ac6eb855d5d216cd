package dev.tramway.internal.tls;

import java.security.cert.CertificateException;

/** A peer's certificate was refused on this side, for a known reason. */
final class PeerRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final TlsFailure.Kind kind;

    PeerRefusedException(TlsFailure.Kind kind, String finding) {
        super(finding);
        this.kind = kind;
    }

    PeerRefusedException(TlsFailure.Kind kind, String finding, Throwable cause) {
        super(finding, cause);
        this.kind = kind;
    }

    TlsFailure.Kind kind() {
        return kind;
    }
}
