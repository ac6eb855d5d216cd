package dev.tramway.internal.tls;

import dev.tramway.Credentials;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates as nobody should make them. */
public final class TestCertificates {
    private TestCertificates() {}

    /** Ended a minute ago. */
    public static Credentials expired(Credentials ca, String host) {
        Instant now = Instant.now();
        return make(ca, host, "EC", 256, now.minus(Duration.ofMinutes(30)), now.minus(Duration.ofMinutes(1)));
    }

    /** RSA with 1,024 bits. */
    static Credentials weak(Credentials ca, String host) {
        Instant now = Instant.now();
        return make(ca, host, "RSA", 1024, now.minus(Duration.ofMinutes(30)), now.plus(Duration.ofHours(1)));
    }

    private static Credentials make(Credentials ca, String host, String kind, int bits, Instant from, Instant to) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            var builder = new JcaX509v3CertificateBuilder(
                    ca.certificate().getSubjectX500Principal(),
                    BigInteger.TEN,
                    Date.from(from),
                    Date.from(to),
                    new X500Principal("CN=" + host),
                    pair.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(ca.key());
            return Credentials.of(
                    pair.getPrivate(),
                    List.of(new JcaX509CertificateConverter().getCertificate(builder.build(signer))));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
