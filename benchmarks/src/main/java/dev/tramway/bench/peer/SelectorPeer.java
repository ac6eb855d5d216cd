package dev.tramway.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;

/** The JDK's selector in one thread, as its documentation shows it: direct buffers, one write for each read. */
final class SelectorPeer implements Peer {
    private static final int BUFFER = 256 << 10;

    @Override
    public String description() {
        return "JDK " + Runtime.version().feature() + " Selector, one thread, direct buffers, one write for each read";
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
        var acceptor = ServerSocketChannel.open();
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 4096);
        acceptor.configureBlocking(false);
        var loop = new SelectLoop(acceptor, settings.work());
        var thread = new Thread(loop, "selector");
        thread.setDaemon(true);
        thread.start();
        return loop;
    }

    /** Runs on the thread of its own that it is given. */
    private static final class SelectLoop implements Runnable, Running {
        private final Selector selector = Selector.open();
        private final ServerSocketChannel acceptor;
        private final Calls calls = new Calls();
        private final Frames frames;
        private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
        private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);

        SelectLoop(ServerSocketChannel acceptor, Work work) throws IOException {
            this.acceptor = acceptor;
            this.frames = new Frames(work, calls);
            acceptor.register(selector, SelectionKey.OP_ACCEPT);
        }

        @Override
        public void run() {
            try {
                while (selector.isOpen()) {
                    selector.select(this::ready);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void ready(SelectionKey key) {
            try {
                if (key.isAcceptable()) {
                    accept();
                } else if (key.attachment() instanceof Connection connection) {
                    connection.ready(key);
                }
            } catch (IOException gone) {
                key.cancel();
                closeQuietly(key);
            }
        }

        private static void closeQuietly(SelectionKey key) {
            try {
                key.channel().close();
            } catch (IOException ignored) {
                // It is gone anyway.
            }
        }

        private void accept() throws IOException {
            for (SocketChannel channel; (channel = acceptor.accept()) != null; ) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
            }
        }

        /** A connection keeps what is incomplete and what the kernel has not taken. */
        private final class Connection {
            private final SocketChannel channel;
            private ByteBuffer rest = ByteBuffer.allocate(0);
            private ByteBuffer owed = ByteBuffer.allocate(0);

            Connection(SocketChannel channel) {
                this.channel = channel;
            }

            void ready(SelectionKey key) throws IOException {
                if (owed.hasRemaining()) {
                    channel.write(owed);
                } else {
                    read();
                }
                key.interestOps(owed.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }

            private void read() throws IOException {
                input.clear().put(rest);
                if (channel.read(input) < 0) {
                    channel.close();
                    return;
                }
                frames.answer(input.flip(), output.clear());
                rest = copy(input);
                channel.write(output.flip());
                owed = copy(output);
            }

            private ByteBuffer copy(ByteBuffer left) {
                return left.hasRemaining()
                        ? ByteBuffer.allocate(left.remaining()).put(left).flip()
                        : ByteBuffer.allocate(0);
            }
        }

        @Override
        public int port() {
            return acceptor.socket().getLocalPort();
        }

        @Override
        public long messages() {
            return calls.sum();
        }

        @Override
        public void close() {
            try {
                acceptor.close();
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
