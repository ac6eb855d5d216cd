package dev.tramway.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The other end of a connection, made of the JDK alone; what it reads must come within a limit. */
final class Peer implements AutoCloseable {
    private final Socket socket;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
    }

    /** Connects to a program of this machine. */
    static Peer connect(String port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(loopback(), Integer.parseInt(port)));
        return new Peer(socket);
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Sends text as it is. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads so many bytes, or fewer if the stream ends. */
    String read(int bytes) throws IOException {
        return new String(readBytes(bytes), StandardCharsets.UTF_8);
    }

    byte[] readBytes(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Reads a byte, and is content only with the end. */
    boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
