package dev.tramway.onescript.internal.component;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The other end, made of the JDK's sockets; every read has a limit. */
final class TestPeer implements AutoCloseable {
    static final int LIMIT = 20_000;

    private final Socket socket;

    TestPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(LIMIT);
        socket.setTcpNoDelay(true);
    }

    static TestPeer connect(int port) throws IOException {
        return new TestPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Listens on a port that the system chooses. */
    static ServerSocket listen() throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(LIMIT);
        return listener;
    }

    static TestPeer accept(ServerSocket listener) throws IOException {
        return new TestPeer(listener.accept());
    }

    TestPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    TestPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Waits for a line, and returns it without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = socket.getInputStream().read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("after \"" + line.toString(StandardCharsets.UTF_8) + "\"");
            }
            line.write(next);
            next = socket.getInputStream().read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes(int count) throws IOException {
        byte[] read = socket.getInputStream().readNBytes(count);
        if (read.length < count) {
            throw new EOFException("after " + read.length + " bytes of " + count);
        }
        return read;
    }

    /** Waits for the end of the stream, and tells whether it was reached without further bytes. */
    boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
