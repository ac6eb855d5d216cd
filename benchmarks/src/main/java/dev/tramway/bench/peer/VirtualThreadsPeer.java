package dev.tramway.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's blocking sockets, a virtual thread for each connection; one write for each read. */
final class VirtualThreadsPeer implements Peer {
    private static final int BUFFER = 64 << 10;

    @Override
    public String description() {
        return "JDK " + Runtime.version().feature()
                + " Socket, a virtual thread per connection, one write for each read";
    }

    @Override
    public Set<Work> works() {
        return EnumSet.of(Work.ECHO, Work.FRAMED);
    }

    @Override
    public boolean speaksTls() {
        return false;
    }

    @Override
    public Running start(ServerSettings settings) throws IOException {
        var server = new Server(
                new ServerSocket(settings.port(), 4096, InetAddress.getLoopbackAddress()),
                settings.work(),
                new Calls(),
                Executors.newVirtualThreadPerTaskExecutor());
        server.threads.execute(server::acceptAll);
        return server;
    }

    private record Server(ServerSocket acceptor, Work work, Calls calls, ExecutorService threads) implements Running {
        private void acceptAll() {
            try {
                while (true) {
                    var socket = acceptor.accept();
                    threads.execute(() -> serve(socket));
                }
            } catch (IOException closed) {
                // That is how it ends.
            }
        }

        private void serve(Socket socket) {
            var frames = new Frames(work, calls);
            var input = ByteBuffer.allocate(2 * BUFFER);
            var output = ByteBuffer.allocate(2 * BUFFER);
            try (socket) {
                socket.setTcpNoDelay(true);
                var in = socket.getInputStream();
                var out = socket.getOutputStream();
                for (int read; (read = in.read(input.array(), input.position(), input.remaining())) >= 0; ) {
                    input.position(input.position() + read);
                    frames.answer(input.flip(), output.clear());
                    input.compact();
                    out.write(output.array(), 0, output.position());
                }
            } catch (IOException gone) {
                // The client is done.
            }
        }

        @Override
        public int port() {
            return acceptor.getLocalPort();
        }

        @Override
        public long messages() {
            return calls.sum();
        }

        @Override
        public void close() {
            try {
                acceptor.close();
                threads.shutdownNow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
