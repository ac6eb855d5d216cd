package dev.tramway;

import dev.tramway.internal.tls.TlsSettings;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * How a server or client speaks TLS: certificate, trust, protocols. An immutable value: every modifier returns a new one,
 * and one value may serve many servers and clients. For any thread.
 *
 * <pre>{@code
 * TcpServer.on(io).port(1111).tls(Tls.selfSigned("localhost"));
 * TcpServer.on(io).port(1111).tls(Tls.pem(chain, key).trust(ca).requireClientCertificate());
 * TcpClient.on(io).connect("feed.example.org", 1111).tls(Tls.client().trust(ca));
 * }</pre>
 *
 * <p>Defaults: TLS 1.3 and 1.2; a client trusts what the system trusts, checks the host name and sends it (SNI); a server
 * asks for no client certificate. Nothing of this is loosened by another setting: a private CA, a pin or a client
 * certificate leaves the host-name check on. Certificates of peers must be valid today, signed with SHA-2 or better, and
 * have RSA keys of at least 2,048 bits.
 *
 * <p>A factory reads its files at once and throws {@link TlsException} naming file, finding and remedy. A certificate of
 * one's own that has expired or is not valid yet does <em>not</em> stop a server, since the clock may be wrong: it is
 * logged as a warning and shown by {@link #describe()}.
 *
 * <p>Passwords are given as strings; an empty one means none.
 *
 * <p>Values are made only by the factories below; other implementations are refused.
 */
public interface Tls {
    /** What does the cryptography. */
    enum Engine {
        /** BoringSSL if its native library loads, else the JDK: the default. */
        AUTO,
        /** The engine of the JDK, on every platform. */
        JDK,
        /**
         * BoringSSL through netty-tcnative; an error if its native library does not load. It sends nothing any more once
         * the peer has ended its own direction (close_notify): answers to a peer that half-closes must have been given when
         * the handlers of its messages return. The JDK's engine has no such limit.
         */
        BORINGSSL
    }

    /**
     * A server with a certificate made now: EC P-256, for these names, in memory, valid for 90 days. For development and
     * for closed groups whose clients {@link #pin(String) pin} it. {@link #reload()} makes a new certificate for the same
     * key. Needs the artifact {@code org.bouncycastle:bcpkix-jdk18on}.
     *
     * @param hosts host names and IP addresses of this server, at least one
     * @return the settings
     * @throws TlsException if the artifact is missing
     */
    static Tls selfSigned(String... hosts) {
        return TlsSettings.selfSigned(hosts);
    }

    /**
     * A server with a certificate chain and an unencrypted key in PEM files.
     *
     * @param chain the server's certificate, then those that signed it
     * @param key private key: PKCS#8, or traditional RSA or EC
     * @return the settings
     * @throws TlsException if a file is missing, not PEM, encrypted, or the key does not match
     */
    static Tls pem(Path chain, Path key) {
        return TlsSettings.pem(chain, key, "");
    }

    /**
     * A server with a certificate chain and an encrypted key in PEM files.
     *
     * @param chain the server's certificate, then those that signed it
     * @param key private key: encrypted PKCS#8, or traditional OpenSSL encryption
     * @param password of the key
     * @return the settings
     * @throws TlsException if a file is missing or not PEM, the password is wrong, or the key does not match
     */
    static Tls pem(Path chain, Path key, String password) {
        return TlsSettings.pem(chain, key, password);
    }

    /**
     * A server with certificate chain and key in one PEM file, as {@code openssl pkcs12 -out server.pem} writes it.
     *
     * @param both certificates and private key, in any order
     * @param password of the key, empty if it has none
     * @return the settings
     * @throws TlsException as {@link #pem(Path, Path, String)}
     */
    static Tls pem(Path both, String password) {
        return TlsSettings.pem(both, both, password);
    }

    /**
     * A server with certificate chain and key in a PKCS#12 (PFX) file.
     *
     * @param file with one private key; of several the first by name is taken
     * @param password of the file and the key
     * @return the settings
     * @throws TlsException if the file is missing or not PKCS#12, the password is wrong, or no key is in it
     */
    static Tls pkcs12(Path file, String password) {
        return TlsSettings.pkcs12(file, password);
    }

    /**
     * A server with a certificate and key that are in memory.
     *
     * @param credentials for example made by {@link Certificates}
     * @return the settings
     */
    static Tls of(Credentials credentials) {
        return TlsSettings.of(credentials);
    }

    /**
     * A client that trusts what the system trusts, checks the server's host name and sends it (SNI).
     *
     * @return the settings
     */
    static Tls client() {
        return TlsSettings.client();
    }

    /**
     * Trusts these certificates, and no others unless {@link #trustSystem()} is added. For a client they vouch for
     * servers, for a server they vouch for client certificates. Repeated calls add up.
     *
     * @param files PEM files with one or more certificates, or PKCS#12 files without password
     * @return a changed copy
     * @throws TlsException if a file is missing or holds no certificate
     */
    Tls trust(Path... files);

    /**
     * Trusts the certificates of a PKCS#12 file; as {@link #trust(Path...)} otherwise. Of an entry with a key its last
     * certificate is taken, usually the CA.
     *
     * @param pkcs12 the file
     * @param password of the file
     * @return a changed copy
     * @throws TlsException if the file is missing, not PKCS#12, or the password is wrong
     */
    Tls trust(Path pkcs12, String password);

    /**
     * Trusts these certificates; as {@link #trust(Path...)} otherwise.
     *
     * @param certificates of a CA, or of a peer itself
     * @return a changed copy
     */
    Tls trust(X509Certificate... certificates);

    /**
     * Trusts what the system trusts beside what {@code trust} added. Default for a client without any {@code trust}.
     *
     * @return a changed copy
     */
    Tls trustSystem();

    /**
     * Accepts only peers that hold this certificate's key; repeated calls add alternatives. Together with {@code trust} or
     * {@link #trustSystem()} the pin is a further demand, on the peer's key or that of a CA that signed it. Alone it
     * replaces the CA: then the peer's own key must be pinned. Dates and host name are checked in both cases.
     *
     * @param certificate of the peer or its CA; only its public key counts, so a renewal with the same key passes
     * @return a changed copy
     */
    Tls pin(X509Certificate certificate);

    /**
     * Accepts only peers with this key; as {@link #pin(X509Certificate)} otherwise.
     *
     * @param spkiSha256 SHA-256 of the public key (SubjectPublicKeyInfo): 64 hexadecimal digits, with or without colons,
     *     or base64 as in {@code pin-sha256}, with or without the prefix {@code sha256/}
     * @return a changed copy
     * @throws IllegalArgumentException if it is neither
     */
    Tls pin(String spkiSha256);

    /**
     * Accepts every certificate without any check: anyone on the way can read and change what is sent. Only for tests. Is
     * logged as a warning when it is first used and shown by {@link #describe()}. Contradicts {@link #pin(String) pin}.
     *
     * @return a changed copy
     */
    Tls insecureTrustEverything();

    /**
     * Whether a client checks that the certificate was made for the host it connects to. Default: true.
     *
     * @param check false only where servers have no stable names; anyone trusted can then pose as the server
     * @return a changed copy
     */
    Tls hostNameCheck(boolean check);

    /**
     * Name that a client sends (SNI) and checks, in place of the host that it connects to.
     *
     * @param name host name or IP address as in the certificate; an address is checked but not sent
     * @return a changed copy
     */
    Tls serverName(String name);

    /**
     * Certificate that a client shows when asked, or a server's in place of the present one.
     *
     * @param chain PEM file, may also hold the key
     * @param key PEM file
     * @param password of the key, empty if it has none
     * @return a changed copy
     * @throws TlsException as {@link #pem(Path, Path, String)}
     */
    Tls certificate(Path chain, Path key, String password);

    /**
     * Certificate that a client shows when asked, or a server's in place of the present one, from memory.
     *
     * @param credentials certificate chain and key
     * @return a changed copy
     */
    Tls certificate(Credentials credentials);

    /**
     * A server refuses clients without a trusted certificate. Needs {@code trust(...)} or a pin.
     *
     * @return a changed copy
     */
    Tls requireClientCertificate();

    /**
     * A server asks for a certificate; none is fine, an untrusted one is refused. Needs {@code trust(...)} or a pin.
     *
     * @return a changed copy
     */
    Tls requestClientCertificate();

    /**
     * Limits the intermediate CA certificates between a peer's certificate and a trusted one.
     *
     * @param intermediates 0 or more; default 5
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    Tls verifyDepth(int intermediates);

    /**
     * Protocol versions to offer and accept. Default: TLSv1.3 and TLSv1.2. TLSv1.1 and TLSv1 are for very old devices only;
     * they are logged as a warning, and the JDK engine speaks them only after the administrator has allowed them in
     * {@code jdk.tls.disabledAlgorithms}.
     *
     * @param names of TLSv1.3, TLSv1.2, TLSv1.1, TLSv1; at least one
     * @return a changed copy
     * @throws IllegalArgumentException for other names, SSLv2 and SSLv3 among them
     */
    Tls protocols(String... names);

    /**
     * Cipher suites, best first. Default: those of the engine. BoringSSL chooses the suites of TLS 1.3 by itself.
     *
     * @param names standard names, for example {@code TLS_AES_256_GCM_SHA384}; at least one
     * @return a changed copy
     */
    Tls ciphers(String... names);

    /**
     * Named groups for the key exchange, best first. Default: those of the engine. A finite-field group of RFC 7919 here
     * takes the place of a file with Diffie-Hellman parameters (JDK engine).
     *
     * @param names for example {@code x25519}, {@code secp256r1}, {@code ffdhe4096}; at least one
     * @return a changed copy
     */
    Tls groups(String... names);

    /**
     * Another certificate for clients of a server that ask for this host (SNI); clients that ask for an unknown name or
     * none get the server's own. Only the certificate of {@code forHost} is used.
     *
     * @param host name, or {@code *.} and a domain for all names one level below it; at most 1,000 of them
     * @param forHost value with a certificate
     * @return a changed copy
     */
    Tls sni(String host, Tls forHost);

    /**
     * What does the cryptography. Default: {@link Engine#AUTO}.
     *
     * @param engine choice
     * @return a changed copy
     */
    Tls engine(Engine engine);

    /**
     * Says which engine is in use and why, for example that a native library is missing.
     *
     * @return one line
     */
    String engineReason();

    /**
     * Reads the files again. New handshakes use what was read, sessions that are open go on, sessions from before are
     * not resumed. All or nothing: on failure everything stays as it was. Call it on the value that was given to the
     * server or client; values derived from it before or after are not affected. Blocks for file access, so not on a loop.
     *
     * @throws TlsException naming the file, the finding and the remedy
     */
    void reload();

    /**
     * One line for people: engine and why, protocols, certificate, its end, trust, and every insecure setting.
     *
     * @return one line
     */
    String describe();
}
