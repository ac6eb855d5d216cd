package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class RelayTest {
    /** Four times the memory that the relay has. */
    private static final long BYTES = 256L << 20;

    private static final int BLOCK = 1 << 16;

    private static final List<String> LITTLE_MEMORY =
            List.of("-Xmx32m", "-XX:MaxDirectMemorySize=32m", "-XX:+ExitOnOutOfMemoryError");

    @Test
    void aReceiverThatDoesNotReadStopsTheSenderAndNothingIsLost() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, Peer.loopback());
                ExampleProcess relay = ExampleProcess.startWith(
                        LITTLE_MEMORY, "relay", "0", "127.0.0.1", String.valueOf(target.getLocalPort()));
                SocketChannel sender =
                        SocketChannel.open(new InetSocketAddress(Peer.loopback(), Integer.parseInt(relay.port())));
                Peer receiver = new Peer(target.accept())) {
            long stuckAt = sendUntilStuck(sender);
            assertThat(stuckAt).isPositive().isLessThan(BYTES);

            Thread rest = Thread.ofVirtual().start(() -> sendRest(sender, stuckAt));
            for (long at = 0; at < BYTES; at += BLOCK) {
                assertThat(receiver.readBytes(BLOCK)).isEqualTo(block(at).array());
            }
            assertThat(receiver.isAtEnd()).isTrue();
            rest.join();

            Matcher told = relay.expect("From .*: (\\d+) bytes, paused (\\d+) times, closed by peer");
            assertThat(told.group(1)).isEqualTo(String.valueOf(BYTES));
            assertThat(Integer.parseInt(told.group(2))).isPositive();
            relay.stop();
        }
    }

    /** Sends until the kernel has not taken a byte for two seconds; gives how many it took. */
    private static long sendUntilStuck(SocketChannel sender) throws IOException {
        try (Selector selector = Selector.open()) {
            sender.configureBlocking(false);
            SelectionKey key = sender.register(selector, SelectionKey.OP_WRITE);
            long sent = 0;
            while (sent < BYTES && selector.select(2_000) > 0) {
                selector.selectedKeys().clear();
                sent += sender.write(block(sent));
            }
            key.cancel();
            return sent;
        }
    }

    private static void sendRest(SocketChannel sender, long from) {
        try (sender) {
            sender.configureBlocking(true);
            for (long at = from; at < BYTES; ) {
                at += sender.write(block(at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows in the stream from a place on, to the end of its block: each byte tells where it stands. */
    private static ByteBuffer block(long from) {
        int first = (int) (from % BLOCK);
        byte[] bytes = new byte[BLOCK];
        for (int i = first; i < BLOCK; i++) {
            bytes[i] = (byte) (((from - first + i) * 0x9E3779B97F4A7C15L) >>> 56);
        }
        return ByteBuffer.wrap(bytes, first, BLOCK - first);
    }
}
