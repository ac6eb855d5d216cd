package dev.tramway.internal.tls;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Certificates and times in words. */
public final class TlsText {
    private TlsText() {}

    /** A duration in days, for example {@code 397 days}. */
    public static String days(Duration duration) {
        return duration.toDays() == 1 ? "1 day" : duration.toDays() + " days";
    }

    /** A subject as RFC 2253 writes it. */
    public static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Subject, key and end of a certificate; says so if it is not valid now. */
    static String describe(X509Certificate certificate) {
        return "certificate " + subject(certificate) + " (" + key(certificate.getPublicKey()) + ") until "
                + day(certificate.getNotAfter().toInstant()) + validity(certificate, Instant.now());
    }

    /** Nothing if the certificate is valid at that time, else a remark. */
    static String validity(X509Certificate certificate, Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return " EXPIRED";
        }
        return now.isBefore(certificate.getNotBefore().toInstant())
                ? " NOT VALID BEFORE " + day(certificate.getNotBefore().toInstant())
                : "";
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String key(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECKey ec -> "EC P-" + ec.getParams().getOrder().bitLength();
            default -> key.getAlgorithm();
        };
    }
}
