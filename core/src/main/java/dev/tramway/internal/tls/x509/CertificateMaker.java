package dev.tramway.internal.tls.x509;

import dev.tramway.Credentials;
import dev.tramway.TlsException;

/** Makes certificates. The one way to the classes that need Bouncy Castle, none of which is loaded before it is known to be there. */
public interface CertificateMaker {
    /**
     * Finds Bouncy Castle.
     *
     * @throws TlsException naming the artifact if it is missing
     */
    static CertificateMaker load() {
        try {
            return new BouncyCastleMaker();
        } catch (LinkageError missing) {
            throw new TlsException(
                    "Making certificates needs Bouncy Castle: add the artifact org.bouncycastle:bcpkix-jdk18on"
                            + " to the class path, or make the files with openssl and use Tls.pem",
                    missing);
        }
    }

    /** Makes a key and its certificate. */
    Credentials make(CertificatePlan plan);

    /** Makes a certificate for a key that exists. */
    Credentials renew(CertificatePlan plan, Credentials old);

    /** Makes a certificate request in DER. */
    byte[] request(CertificatePlan plan, Credentials key);
}
