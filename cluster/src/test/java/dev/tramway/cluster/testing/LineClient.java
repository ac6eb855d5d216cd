package dev.tramway.cluster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A client that is no part of Tramway: a socket, and a thread that collects lines. */
public final class LineClient implements AutoCloseable {
    private final Socket socket;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    private LineClient(Socket socket) {
        this.socket = socket;
        Thread.ofVirtual().name("lines of " + socket).start(this::read);
    }

    /** Connects. */
    public static LineClient connect(int port) throws IOException {
        return new LineClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // as well an end
        }
        ended = true;
    }

    /** The next line. */
    public String next() throws InterruptedException {
        return Await.next(lines);
    }

    /** Lines that have come and were not taken. */
    public BlockingQueue<String> lines() {
        return lines;
    }

    /** True once the server has ended the connection. */
    public boolean hasEnded() {
        return ended;
    }

    /** Its port, by which a server knows it. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sends one line. */
    public void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
