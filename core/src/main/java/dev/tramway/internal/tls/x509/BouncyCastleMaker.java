package dev.tramway.internal.tls.x509;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import dev.tramway.internal.tls.HostNames;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes certificates with Bouncy Castle, keys with the JDK. */
final class BouncyCastleMaker implements CertificateMaker {
    /** Clocks of peers may be behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, ASN1ObjectIdentifier> FIELD_IDS = Map.of(
            "C", BCStyle.C, "ST", BCStyle.ST, "L", BCStyle.L, "O", BCStyle.O, "OU", BCStyle.OU, "CN", BCStyle.CN);

    @Override
    public Credentials make(CertificatePlan plan) {
        KeyPair pair = newKey(plan);
        return certify(plan, pair.getPrivate(), pair.getPublic());
    }

    @Override
    public Credentials renew(CertificatePlan plan, Credentials old) {
        return certify(plan, old.key(), old.certificate().getPublicKey());
    }

    @Override
    public byte[] request(CertificatePlan plan, Credentials key) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            if (!plan.names().isEmpty()) {
                extensions.addExtension(Extension.subjectAlternativeName, false, alternativeNames(plan));
            }
            var builder = new JcaPKCS10CertificationRequestBuilder(
                    name(plan), key.certificate().getPublicKey());
            if (!extensions.isEmpty()) {
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            return builder.build(signer(key.key())).getEncoded();
        } catch (IOException | OperatorCreationException failure) {
            throw failed(failure);
        }
    }

    private static KeyPair newKey(CertificatePlan plan) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(plan.algorithm());
            if (plan.algorithm().equals("EC")) {
                generator.initialize(new ECGenParameterSpec(plan.size()), RANDOM);
            } else {
                generator.initialize(Integer.parseInt(plan.size()), RANDOM);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw failed(failure);
        }
    }

    private static Credentials certify(CertificatePlan plan, PrivateKey key, PublicKey publicKey) {
        try {
            X509v3CertificateBuilder builder = builder(plan, publicKey);
            addExtensions(builder, plan, publicKey);
            PrivateKey signingKey = plan.issuer().map(Credentials::key).orElse(key);
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer(signingKey)));
            return Credentials.of(key, chain(plan, made));
        } catch (GeneralSecurityException | IOException | OperatorCreationException failure) {
            throw failed(failure);
        }
    }

    /** The authority itself is left out if it signed itself: whoever trusts it has it. */
    private static List<X509Certificate> chain(CertificatePlan plan, X509Certificate made) {
        List<X509Certificate> chain = new ArrayList<>(List.of(made));
        plan.issuer()
                .ifPresent(issuer -> issuer.chain().stream()
                        .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                        .forEach(chain::add));
        return chain;
    }

    private static X509v3CertificateBuilder builder(CertificatePlan plan, PublicKey publicKey) {
        Instant now = Instant.now();
        Instant wanted = now.plus(plan.lifetime());
        Instant end = plan.issuer()
                .map(issuer -> issuer.certificate().getNotAfter().toInstant())
                .filter(wanted::isAfter)
                .orElse(wanted);
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
        Date from = Date.from(now.minus(BACKDATED));
        X500Name issuer = plan.issuer()
                .map(one -> X500Name.getInstance(
                        one.certificate().getSubjectX500Principal().getEncoded()))
                .orElseGet(() -> name(plan));
        return new JcaX509v3CertificateBuilder(issuer, serial, from, Date.from(end), name(plan), publicKey);
    }

    private static void addExtensions(X509v3CertificateBuilder builder, CertificatePlan plan, PublicKey publicKey)
            throws GeneralSecurityException, IOException {
        boolean authority = plan.role() == CertificatePlan.Role.AUTHORITY;
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(publicKey));
        PublicKey issuerKey =
                plan.issuer().map(issuer -> issuer.certificate().getPublicKey()).orElse(publicKey);
        builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuerKey));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(plan, publicKey)));
        if (!authority) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose(plan)));
        }
        if (!plan.names().isEmpty()) {
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(plan));
        }
    }

    private static int usage(CertificatePlan plan, PublicKey publicKey) {
        if (plan.role() == CertificatePlan.Role.AUTHORITY) {
            return KeyUsage.keyCertSign | KeyUsage.cRLSign;
        }
        boolean rsa = publicKey.getAlgorithm().equals("RSA");
        return rsa ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
    }

    private static KeyPurposeId purpose(CertificatePlan plan) {
        return plan.role() == CertificatePlan.Role.CLIENT
                ? KeyPurposeId.id_kp_clientAuth
                : KeyPurposeId.id_kp_serverAuth;
    }

    private static GeneralNames alternativeNames(CertificatePlan plan) {
        return new GeneralNames(
                plan.names().stream().map(BouncyCastleMaker::alternativeName).toArray(GeneralName[]::new));
    }

    private static GeneralName alternativeName(String name) {
        boolean address = HostNames.isAddress(name);
        return new GeneralName(
                address ? GeneralName.iPAddress : GeneralName.dNSName,
                address ? HostNames.withoutBrackets(name) : HostNames.ascii(name));
    }

    private static X500Name name(CertificatePlan plan) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        for (String field : CertificatePlan.FIELDS) {
            String value = plan.subject().get(field);
            ASN1ObjectIdentifier id = FIELD_IDS.get(field);
            if (value != null && id != null) {
                name.addRDN(id, value);
            }
        }
        return name.build();
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(algorithm(key)).build(key);
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> ((ECKey) key).getParams().getOrder().bitLength() > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
            case "EdDSA" -> "Ed25519";
            default ->
                throw new TlsException(
                        "A key of kind " + key.getAlgorithm() + " cannot sign certificates here: use RSA or EC");
        };
    }

    private static TlsException failed(Exception cause) {
        return new TlsException("The certificate could not be made: " + cause.getMessage(), cause);
    }
}
