package dev.tramway.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;

/** Clients that count what they get, on one thread. */
final class Sinks implements AutoCloseable {
    private final Selector selector;
    private final LongAdder bytes = new LongAdder();
    private final Thread thread = Thread.ofPlatform().daemon().name("sinks").unstarted(this::run);

    /** Connects so many. */
    Sinks(int port, int clients) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread.start();
    }

    long bytes() {
        return bytes.sum();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read((SocketChannel) key.channel(), buffer));
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException closed) {
            // the end
        }
    }

    private void read(SocketChannel channel, ByteBuffer buffer) {
        try {
            int read = channel.read(buffer.clear());
            if (read < 0) {
                channel.close();
            } else {
                bytes.add(read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
