package dev.tramway.onescript.internal.component;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate with the names and the password that are the component's defaults, and the JDK's TLS with it. */
final class TestCertificates {
    static final String KEY_FILE = "certificate.pfx";
    static final String CERTIFICATE_FILE = "certificate.crt";
    private static final char[] PASSWORD = "swordfish20231223".toCharArray();

    private final Path directory;

    /** Has a script make the files. */
    TestCertificates(Path directory) throws Exception {
        this.directory = directory;
        String text = ScriptRun.ATTACH + """
                МС.СоздатьСамоподписанныйСертификат("C:\\Certs\\certificate.pfx", "localhost", "swordfish20231223");
                МС.ИзвлечьCrtИзPfx("C:\\Certs\\certificate.pfx", "swordfish20231223", "certificate.crt");
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            if (script.exitCode() != 0) {
                throw new AssertionError(script.line());
            }
        }
    }

    /** Puts a file beside a script. */
    void copy(String file, Path to) throws IOException {
        Files.copy(directory.resolve(file), to.resolve(file));
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(directory.resolve(KEY_FILE))) {
            keys.load(file, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(directory.resolve(CERTIFICATE_FILE))) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Connects with TLS, and trusts the certificate only. */
    TestPeer connect(int port) throws GeneralSecurityException, IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        TestPeer peer = new TestPeer(socket);
        socket.startHandshake();
        return peer;
    }

    /** Listens with TLS on a port that the system chooses. */
    ServerSocket listen() throws GeneralSecurityException, IOException {
        ServerSocket listener =
                context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(TestPeer.LIMIT);
        return listener;
    }
}
