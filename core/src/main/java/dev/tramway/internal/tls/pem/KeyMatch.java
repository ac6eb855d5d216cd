package dev.tramway.internal.tls.pem;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the certificate of a private key among several and puts the rest behind it in order of issue. */
final class KeyMatch {
    private static final byte[] SAMPLE = {'t', 'r', 'a', 'm', 'w', 'a', 'y'};

    private KeyMatch() {}

    /** Returns the chain from the key's own certificate upwards, or nothing if no certificate has this key. */
    static Optional<List<X509Certificate>> chain(PrivateKey key, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(one -> matches(key, one.getPublicKey()))
                .findFirst()
                .map(own -> upwards(own, certificates));
    }

    private static List<X509Certificate> upwards(X509Certificate own, List<X509Certificate> certificates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        Optional<X509Certificate> next = issuer(own, certificates);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = issuer(next.get(), certificates);
        }
        return List.copyOf(chain);
    }

    private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(one -> one.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                .findFirst();
    }

    /** Signs a sample with one and verifies it with the other, which works for every kind of key. */
    static boolean matches(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> "";
        };
        if (algorithm.isEmpty()) {
            return true;
        }
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(SAMPLE);
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(SAMPLE);
            return signer.verify(signature);
        } catch (GeneralSecurityException otherKindOfKey) {
            return false;
        }
    }
}
