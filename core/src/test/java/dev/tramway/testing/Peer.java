package dev.tramway.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The other end of a connection, made of the JDK's blocking sockets alone, so that it can behave as badly as peers do.
 * Every read has a limit.
 */
public final class Peer implements AutoCloseable {
    private final Socket raw;
    private final Socket socket;

    Peer(Socket raw, Socket socket) {
        this.raw = raw;
        this.socket = socket;
    }

    /** Connects to a port; with TLS, the handshake is over then. */
    public static Peer connect(Wire wire, int port) {
        return connect(wire, port, 0);
    }

    /**
     * Connects with a small receive buffer, so that a peer that does not read is soon owed something.
     *
     * @param receiveBuffer bytes, 0 for the system's own
     */
    public static Peer connect(Wire wire, int port, int receiveBuffer) {
        try {
            Socket raw = rawSocket(wire, port, receiveBuffer);
            if (!wire.encrypted()) {
                return new Peer(raw, raw);
            }
            return handshaken(raw, trusting(Wire.credentials().certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to 127.0.0.1 from one of this machine's addresses. */
    public static Peer connectFrom(InetAddress local, int port) {
        try {
            Socket raw = new Socket();
            raw.bind(new InetSocketAddress(local, 0));
            connect(raw, "127.0.0.1", port);
            return new Peer(raw, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to 127.0.0.1 from one of this machine's addresses, with a TLS handshake. */
    public static Peer connectFrom(InetAddress local, int port, SSLContext tls) {
        Peer plain = connectFrom(local, port);
        try {
            return handshaken(plain.raw, tls);
        } catch (IOException e) {
            plain.close();
            throw new UncheckedIOException(e);
        }
    }

    private static Peer handshaken(Socket raw, SSLContext tls) throws IOException {
        SSLSocket ssl = (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
        ssl.startHandshake();
        return new Peer(raw, ssl);
    }

    /** Connects without a TLS handshake, whatever the wire is. */
    public static Peer connectWithoutHandshake(Wire wire, int port) {
        try {
            Socket raw = rawSocket(wire, port, 0);
            return new Peer(raw, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket rawSocket(Wire wire, int port, int receiveBuffer) throws IOException {
        Socket raw = new Socket();
        if (receiveBuffer > 0) {
            raw.setReceiveBufferSize(receiveBuffer);
        }
        connect(raw, wire.host(), port);
        return raw;
    }

    private static void connect(Socket raw, String host, int port) throws IOException {
        raw.setTcpNoDelay(true);
        raw.connect(new InetSocketAddress(host, port), (int) Await.LIMIT.toMillis());
        raw.setSoTimeout((int) Await.LIMIT.toMillis());
    }

    /** TLS that trusts one certificate. */
    public static SSLContext trusting(X509Certificate certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The port of this end. */
    public int localPort() {
        return raw.getLocalPort();
    }

    /** The socket itself, below TLS. */
    public Socket raw() {
        return raw;
    }

    /** Writes bytes in one piece. */
    public Peer send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes text in UTF-8. */
    public Peer send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes pieces one by one; without Nagle's algorithm they usually leave as segments, or TLS records, of their own. */
    public Peer sendByteByByte(byte[] bytes) {
        for (byte one : bytes) {
            send(one);
        }
        return this;
    }

    /** Reads exactly so many bytes. */
    public byte[] receive(int size) {
        try {
            byte[] bytes = socket.getInputStream().readNBytes(size);
            if (bytes.length < size) {
                throw new EOFException("the stream ended after " + bytes.length + " of " + size + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads text of so many bytes. */
    public String receiveText(int size) {
        return new String(receive(size), StandardCharsets.UTF_8);
    }

    /** Reads until the other side ends its stream; fails if it is reset or, with TLS, cut short. */
    public byte[] receiveAll() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the connection has ended in whatever way. */
    public void awaitEnd() {
        try {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException("the connection has not ended", e);
        } catch (IOException ended) {
            // reset, or closed without close_notify: an end as well
        }
    }

    /** Ends the stream of this side, in order, and goes on reading. */
    public Peer halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection by a reset. */
    public void reset() {
        try {
            raw.setSoLinger(true, 0);
            raw.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the TCP connection below TLS, so that close_notify is missing; plain, the same as {@link #close}. */
    public void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes in order. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // the other side was faster
        }
    }
}
