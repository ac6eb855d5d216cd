package dev.tramway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A listening socket without Tramway: accepts one connection after the other when asked to. */
public final class PeerListener implements AutoCloseable {
    private final ServerSocket listening;
    private final boolean encrypted;

    /** Listens on a port of the system's choice. */
    public PeerListener(Wire wire) {
        try {
            encrypted = wire.encrypted();
            listening = new ServerSocket(0, 50, InetAddress.getAllByName(wire.host())[0]);
            listening.setSoTimeout((int) Await.LIMIT.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Accepts the next connection; with TLS, the handshake is over then. */
    public Peer accept() {
        try {
            Socket raw = listening.accept();
            raw.setSoTimeout((int) Await.LIMIT.toMillis());
            raw.setTcpNoDelay(true);
            if (!encrypted) {
                return new Peer(raw, raw);
            }
            SSLSocket ssl = (SSLSocket) serving().getSocketFactory().createSocket(raw, null, true);
            ssl.setUseClientMode(false);
            ssl.startHandshake();
            return new Peer(raw, ssl);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext serving() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "server",
                    Wire.credentials().key(),
                    new char[0],
                    Wire.credentials().chain().toArray(Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops listening; accepted connections stay. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
