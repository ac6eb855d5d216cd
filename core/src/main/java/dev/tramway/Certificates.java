package dev.tramway;

import dev.tramway.internal.tls.TlsText;
import dev.tramway.internal.tls.pem.KeyWriter;
import dev.tramway.internal.tls.pem.SafePrimes;
import dev.tramway.internal.tls.x509.CertificateMaker;
import dev.tramway.internal.tls.x509.CertificatePlan;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes certificates: an authority (CA), servers, clients, requests to another authority (CSR), and Diffie-Hellman
 * parameters. An immutable value that every modifier copies; {@link #make()} does the work. For any thread; making an RSA
 * key takes up to seconds, so not on a loop.
 *
 * <pre>{@code
 * var ca = Certificates.authority("Example root CA").make();
 * var server = Certificates.server("server.example.com", "10.0.0.7").signedBy(ca).make();
 * server.writePem(Path.of("server.crt"), Path.of("server.key"), "");
 * TcpServer.on(io).port(2222).tls(Tls.of(server));
 * }</pre>
 *
 * <p>Needs the artifact {@code org.bouncycastle:bcpkix-jdk18on}; without it {@link TlsException} names it. Certificates
 * are of version 3, begin an hour before now (clocks differ), and do not outlive their authority.
 */
public final class Certificates {
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    private static final Duration LIFETIME = Duration.ofDays(397);

    private final CertificatePlan plan;

    private Certificates(CertificatePlan plan) {
        this.plan = plan;
    }

    /** Kind and size of a key. */
    public enum Key {
        /** RSA with 2,048 bits. */
        RSA_2048("RSA", "2048"),
        /** RSA with 3,072 bits. */
        RSA_3072("RSA", "3072"),
        /** RSA with 4,096 bits. */
        RSA_4096("RSA", "4096"),
        /** Elliptic curve P-256: small, fast, understood by everything of the last ten years. The default. */
        EC_P256("EC", "secp256r1"),
        /** Elliptic curve P-384. */
        EC_P384("EC", "secp384r1");

        private final String algorithm;
        private final String size;

        Key(String algorithm, String size) {
            this.algorithm = algorithm;
            this.size = size;
        }
    }

    /**
     * An authority that can sign others. Lives 10 years unless told otherwise.
     *
     * @param commonName for people, for example {@code Example root CA}
     * @return the plan of its certificate
     */
    public static Certificates authority(String commonName) {
        return new Certificates(plan(CertificatePlan.Role.AUTHORITY, commonName, List.of(), AUTHORITY_LIFETIME));
    }

    /**
     * A server. Lives 397 days unless told otherwise, and is self-signed unless {@link #signedBy} an authority.
     *
     * @param hosts host names (also {@code *.example.com}) and IP addresses that clients connect to, at least one; the
     *     first is also the common name
     * @return the plan of its certificate
     * @throws IllegalArgumentException if no host is given
     */
    public static Certificates server(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException(
                    "hosts: none (expected: the names or addresses that clients connect to)");
        }
        return new Certificates(plan(CertificatePlan.Role.SERVER, hosts[0], List.of(hosts), LIFETIME));
    }

    /**
     * A client. Lives 397 days unless told otherwise, and is self-signed unless {@link #signedBy} an authority.
     *
     * @param commonName who it is, for example {@code device-17}
     * @return the plan of its certificate
     */
    public static Certificates client(String commonName) {
        return new Certificates(plan(CertificatePlan.Role.CLIENT, commonName, List.of(), LIFETIME));
    }

    private static CertificatePlan plan(
            CertificatePlan.Role role, String commonName, List<String> names, Duration lifetime) {
        return new CertificatePlan(
                role,
                Key.EC_P256.algorithm,
                Key.EC_P256.size,
                Map.of("CN", commonName),
                names,
                lifetime,
                Optional.empty());
    }

    /**
     * Sets kind and size of the key.
     *
     * @param key default {@link Key#EC_P256}
     * @return a copy
     */
    public Certificates key(Key key) {
        return new Certificates(plan.withKey(key.algorithm, key.size));
    }

    /**
     * Sets one field of the subject.
     *
     * @param field C (country, two letters), ST (state), L (locality), O (organization), OU (unit) or CN (common name)
     * @param value for people; empty removes the field
     * @return a copy
     * @throws IllegalArgumentException for another field, or a country that is not two letters
     */
    public Certificates subject(String field, String value) {
        if (!CertificatePlan.FIELDS.contains(field)) {
            throw new IllegalArgumentException(
                    "subject field: " + field + " (expected: one of " + CertificatePlan.FIELDS + ")");
        }
        if (field.equals("C") && !value.isEmpty() && !value.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException(
                    "subject field C: " + value + " (expected: two letters, for example BY)");
        }
        return new Certificates(plan.withField(field, value));
    }

    /**
     * Adds names that the certificate is valid for (subject alternative names).
     *
     * @param names host names and IP addresses
     * @return a copy
     */
    public Certificates alternativeNames(String... names) {
        return new Certificates(plan.withNames(List.of(names)));
    }

    /**
     * Sets how long the certificate is valid, from now.
     *
     * @param lifetime more than zero
     * @return a copy
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Certificates lifetime(Duration lifetime) {
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " (expected: more than zero)");
        }
        return new Certificates(plan.withLifetime(lifetime));
    }

    /**
     * Sets the authority that signs. Default: the certificate signs itself.
     *
     * @param authority made by {@link #authority}, or read from files
     * @return a copy
     * @throws TlsException if that certificate may not sign others
     */
    public Certificates signedBy(Credentials authority) {
        if (authority.certificate().getBasicConstraints() < 0) {
            throw new TlsException(
                    authority.certificate().getSubjectX500Principal().getName()
                            + " is not an authority: its certificate may not sign others; make one with Certificates.authority");
        }
        return new Certificates(plan.withIssuer(authority));
    }

    /**
     * Makes a key and its certificate.
     *
     * @return the key, and the certificate followed by that of its authority unless that one signed itself
     * @throws TlsException if Bouncy Castle is missing
     */
    public Credentials make() {
        return CertificateMaker.load().make(plan);
    }

    /**
     * Makes a new certificate for the key of an old one, so that pins on the key stay valid.
     *
     * @param old whose key to use
     * @return the same key with a new certificate
     * @throws TlsException if Bouncy Castle is missing
     */
    public Credentials renew(Credentials old) {
        return CertificateMaker.load().renew(plan, old);
    }

    /**
     * Makes the request (CSR) that another authority signs. Lifetime and authority are ignored.
     *
     * @param key whose key to use, for example of {@code make()}
     * @return PEM text
     * @throws TlsException if Bouncy Castle is missing
     */
    public String request(Credentials key) {
        return KeyWriter.block("CERTIFICATE REQUEST", CertificateMaker.load().request(plan, key));
    }

    /**
     * Diffie-Hellman parameters of a group of RFC 7919, for programs that want a file with them. Tramway itself needs
     * none: see {@link Tls#groups}. Does not need Bouncy Castle.
     *
     * @param bits 2048, 3072, 4096, 6144 or 8192
     * @return PEM text
     * @throws IllegalArgumentException for other sizes
     */
    public static String dhParameters(int bits) {
        return KeyWriter.block("DH PARAMETERS", SafePrimes.encode(SafePrimes.rfc7919(bits)));
    }

    /**
     * Diffie-Hellman parameters with a prime found at random. Takes seconds for 1,024 bits and many minutes for 4,096; the
     * well-known groups of {@link #dhParameters} are as good. Ends early if the thread is interrupted.
     *
     * @param bits at least 512
     * @return PEM text
     * @throws IllegalArgumentException for fewer bits
     * @throws IllegalStateException if interrupted
     */
    public static String randomDhParameters(int bits) {
        return KeyWriter.block("DH PARAMETERS", SafePrimes.encode(SafePrimes.random(bits, new SecureRandom())));
    }

    /** Subject, names, key and lifetime on one line. */
    @Override
    public String toString() {
        return plan.subject() + " " + plan.names() + ", " + plan.algorithm() + " " + plan.size() + ", "
                + TlsText.days(plan.lifetime());
    }
}
