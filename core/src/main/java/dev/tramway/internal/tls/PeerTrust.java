package dev.tramway.internal.tls;

import dev.tramway.internal.tls.TlsFailure.Kind;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a peer's certificate, and says why it is refused. Dates and strength are checked by hand, since the JDK skips
 * them for a certificate that is itself among the trusted; chain and host name are the JDK's work. The host name is checked
 * only through an <em>extended</em> trust manager with an engine, which is why the other entries refuse outright.
 * Immutable, for any thread.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private static final int LEAST_RSA_BITS = 2048;

    /** None if a pin alone decides. */
    private final Optional<X509ExtendedTrustManager> authorities;

    private final List<Pin> pins;

    PeerTrust(Optional<X509ExtendedTrustManager> authorities, List<Pin> pins) {
        this.authorities = authorities;
        this.pins = pins;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, engine, X509ExtendedTrustManager::checkClientTrusted);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, engine, X509ExtendedTrustManager::checkServerTrusted);
    }

    private void check(X509Certificate[] chain, String authType, SSLEngine engine, Check jdk)
            throws CertificateException {
        try {
            decide(chain, authType, engine, jdk);
        } catch (PeerRefusedException refused) {
            throw engine instanceof ReferenceCountedOpenSslEngine ? BoringSslAlert.of(refused) : refused;
        }
    }

    private void decide(X509Certificate[] chain, String authType, SSLEngine engine, Check jdk)
            throws PeerRefusedException {
        checkDates(chain[0]);
        for (X509Certificate one : chain) {
            checkStrength(one);
        }
        if (authorities.isPresent()) {
            checkPath(authorities.get(), chain, authType, engine, jdk);
            checkPinned(linked(chain));
        } else {
            X509Certificate own = chain[0];
            checkPinned(List.of(own));
            checkPath(TrustStores.of(List.of(own), 0), new X509Certificate[] {own}, authType, engine, jdk);
        }
    }

    private static void checkDates(X509Certificate one) throws PeerRefusedException {
        String remark = TlsText.validity(one, Instant.now());
        if (!remark.isEmpty()) {
            throw new PeerRefusedException(Kind.CERTIFICATE_EXPIRED, TlsText.describe(one));
        }
    }

    private static void checkStrength(X509Certificate one) throws PeerRefusedException {
        String algorithm = one.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean selfSigned = one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
        if (!selfSigned && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
            throw new PeerRefusedException(
                    Kind.CERTIFICATE_WEAK, TlsText.subject(one) + " is signed with " + one.getSigAlgName());
        }
        if (one.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new PeerRefusedException(
                    Kind.CERTIFICATE_WEAK,
                    TlsText.subject(one) + " has an RSA key of "
                            + rsa.getModulus().bitLength() + " bits");
        }
    }

    private static void checkPath(
            X509ExtendedTrustManager by, X509Certificate[] chain, String authType, SSLEngine engine, Check jdk)
            throws PeerRefusedException {
        try {
            jdk.check(by, chain, authType, engine);
        } catch (CertificateException refused) {
            throw explained(refused, by, chain, authType, engine);
        }
    }

    /** The JDK says "wrong host" only in its text; but a chain that passes without the engine has nothing else wrong. */
    private static PeerRefusedException explained(
            CertificateException refused,
            X509ExtendedTrustManager by,
            X509Certificate[] chain,
            String authType,
            SSLEngine engine) {
        String subject = TlsText.subject(chain[0]);
        if (hasCause(refused, CertificateExpiredException.class)
                || hasCause(refused, CertificateNotYetValidException.class)) {
            return new PeerRefusedException(Kind.CERTIFICATE_EXPIRED, "the chain of " + subject, refused);
        }
        if (message(refused).contains("xtended key usage")) {
            return new PeerRefusedException(
                    Kind.CERTIFICATE_BAD, subject + " was made for another purpose: " + message(refused), refused);
        }
        if (engine.getUseClientMode() && passesWithoutHost(by, chain, authType)) {
            return new PeerRefusedException(Kind.WRONG_HOST, message(refused), refused);
        }
        return new PeerRefusedException(kind(refused), subject + ": " + message(refused), refused);
    }

    private static Kind kind(CertificateException refused) {
        return hasCause(refused, CertPathValidatorException.class) ? Kind.CERTIFICATE_BAD : Kind.CERTIFICATE_UNKNOWN;
    }

    private static boolean passesWithoutHost(X509ExtendedTrustManager by, X509Certificate[] chain, String authType) {
        try {
            by.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException stillRefused) {
            return false;
        }
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private void checkPinned(List<X509Certificate> candidates) throws PeerRefusedException {
        if (pins.isEmpty()
                || candidates.stream().map(one -> Pin.of(one.getPublicKey())).anyMatch(pins::contains)) {
            return;
        }
        X509Certificate own = candidates.get(0);
        throw new PeerRefusedException(
                Kind.PIN_MISMATCH, TlsText.subject(own) + " has the key " + Pin.of(own.getPublicKey()));
    }

    /**
     * The peer's certificate and those that really signed it: a peer can send anything behind its own certificate, so only
     * what is linked by signatures counts for a pin. The trusted certificate itself is usually not sent.
     */
    private List<X509Certificate> linked(X509Certificate[] chain) {
        List<X509Certificate> linked = new ArrayList<>(List.of(chain[0]));
        for (int i = 1; i < chain.length && signed(chain[i - 1], chain[i]); i++) {
            linked.add(chain[i]);
        }
        X509Certificate last = linked.get(linked.size() - 1);
        for (X509Certificate anchor : getAcceptedIssuers()) {
            if (signed(last, anchor)) {
                linked.add(anchor);
            }
        }
        return linked;
    }

    private static boolean signed(X509Certificate one, X509Certificate by) {
        if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.map(X509ExtendedTrustManager::getAcceptedIssuers).orElseGet(() -> new X509Certificate[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw engineNeeded();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw engineNeeded();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineNeeded();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineNeeded();
    }

    private static CertificateException engineNeeded() {
        return new CertificateException("trust is decided with an engine only, which knows the host name");
    }

    @FunctionalInterface
    private interface Check {
        void check(X509ExtendedTrustManager by, X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException;
    }
}
