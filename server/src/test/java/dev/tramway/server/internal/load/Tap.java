package dev.tramway.server.internal.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between devices and a server, remembers what passes, and can say once more what a device has said. */
final class Tap implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    private final int server;
    private final List<Wire> wires = new CopyOnWriteArrayList<>();

    Tap(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Connections so far, in the order in which they came. */
    List<Wire> wires() {
        return wires;
    }

    private void accept() {
        try {
            while (true) {
                Socket device = door.accept();
                wires.add(new Wire(device, new Socket(InetAddress.getLoopbackAddress(), server)));
            }
        } catch (IOException e) {
            close(); // the end of the test, or a server that is gone
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Wire wire : wires) {
                wire.cut();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A connection that goes through. */
    static final class Wire {
        private final Socket device;
        private final Socket server;
        private final ByteArrayOutputStream up = new ByteArrayOutputStream();
        private final ByteArrayOutputStream down = new ByteArrayOutputStream();

        private Wire(Socket device, Socket server) throws IOException {
            this.device = device;
            this.server = server;
            server.setTcpNoDelay(true);
            device.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(device, server, up));
            Thread.ofVirtual().start(() -> pass(server, device, down));
        }

        private void pass(Socket from, Socket to, ByteArrayOutputStream passed) {
            byte[] bytes = new byte[4_096];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                    synchronized (passed) {
                        passed.write(bytes, 0, size);
                        out.write(bytes, 0, size);
                    }
                }
            } catch (IOException e) {
                // reset: cut below
            }
            cut();
        }

        /** What the device has said. */
        byte[] up() {
            synchronized (up) {
                return up.toByteArray();
            }
        }

        /** What the server has said. */
        byte[] down() {
            synchronized (down) {
                return down.toByteArray();
            }
        }

        /** Says again what the device has said last, as if it were the device. */
        void repeatLast(int bytes) throws IOException {
            synchronized (up) {
                byte[] all = up.toByteArray();
                server.getOutputStream().write(all, all.length - bytes, bytes);
            }
        }

        private void cut() {
            try {
                device.close();
                server.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Lengths of the records in a stream, each with one byte of length in front. */
    static List<Integer> records(byte[] stream) {
        List<Integer> sizes = new ArrayList<>();
        for (int at = 0; at < stream.length; at += 1 + (stream[at] & 0xff)) {
            sizes.add(stream[at] & 0xff);
        }
        return sizes;
    }
}
