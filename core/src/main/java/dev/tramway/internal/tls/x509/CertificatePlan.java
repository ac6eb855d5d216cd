package dev.tramway.internal.tls.x509;

import dev.tramway.Credentials;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a certificate is to say.
 *
 * @param role what it may be used for
 * @param algorithm of the key, RSA or EC
 * @param size of the key: bits or curve
 * @param subject fields by their short names
 * @param names host names and addresses
 * @param lifetime from now
 * @param issuer authority that signs; none for self-signed
 */
public record CertificatePlan(
        Role role,
        String algorithm,
        String size,
        Map<String, String> subject,
        List<String> names,
        Duration lifetime,
        Optional<Credentials> issuer) {
    /** Fields of a subject, in the order in which they are written. */
    public static final List<String> FIELDS = List.of("C", "ST", "L", "O", "OU", "CN");

    /** Takes copies. */
    public CertificatePlan {
        subject = Map.copyOf(subject);
        names = List.copyOf(names);
    }

    /** The same plan for another kind of key. */
    public CertificatePlan withKey(String otherAlgorithm, String otherSize) {
        return new CertificatePlan(role, otherAlgorithm, otherSize, subject, names, lifetime, issuer);
    }

    /** The same plan with one field of the subject changed; empty removes it. */
    public CertificatePlan withField(String field, String value) {
        Map<String, String> changed = new HashMap<>(subject);
        changed.put(field, value);
        changed.values().removeIf(String::isEmpty);
        return new CertificatePlan(role, algorithm, size, changed, names, lifetime, issuer);
    }

    /** The same plan with more names. */
    public CertificatePlan withNames(List<String> more) {
        List<String> all =
                Stream.concat(names.stream(), more.stream()).distinct().toList();
        return new CertificatePlan(role, algorithm, size, subject, all, lifetime, issuer);
    }

    /** The same plan for another time. */
    public CertificatePlan withLifetime(Duration other) {
        return new CertificatePlan(role, algorithm, size, subject, names, other, issuer);
    }

    /** The same plan signed by this authority. */
    public CertificatePlan withIssuer(Credentials authority) {
        return new CertificatePlan(role, algorithm, size, subject, names, lifetime, Optional.of(authority));
    }

    /** What a certificate may be used for. */
    public enum Role {
        /** Signs others. */
        AUTHORITY,
        /** Is connected to. */
        SERVER,
        /** Connects. */
        CLIENT
    }
}
