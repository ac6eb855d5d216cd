package dev.tramway.testing;

import dev.tramway.UdpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;

/** What tests of UDP need again and again. */
public final class Datagrams {
    private Datagrams() {}

    /** An endpoint on a port of the system's choice. */
    public static UdpEndpoint.Builder on(Net net) {
        return UdpEndpoint.on(net.io()).bind(net.wire().host(), 0);
    }

    /** Sends every datagram back. */
    public static UdpEndpoint echo(Net net) {
        return net.closing(on(net).onDatagram((endpoint, from, bytes) -> endpoint.send(from, bytes))
                .start());
    }

    /** Bytes that tell a datagram of one size from one of another, and its parts from each other. */
    public static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }

    /** A copy that outlives the callback. */
    public static byte[] copy(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    /** Text as bytes. */
    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An address of this machine. */
    public static InetSocketAddress at(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Datagrams that the kernel has dropped because a socket's buffer was full; zero where it does not tell. */
    public static long lostAt(int port) {
        String suffix = String.format(":%04X", port);
        long lost = 0;
        for (String file : List.of("/proc/net/udp", "/proc/net/udp6")) {
            Path table = Path.of(file);
            if (!Files.exists(table)) {
                continue;
            }
            try {
                for (String line : Files.readAllLines(table)) {
                    lost += lostIn(line, suffix);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lost;
    }

    private static long lostIn(String line, String suffix) {
        StringTokenizer fields = new StringTokenizer(line);
        fields.nextToken();
        if (!fields.nextToken().endsWith(suffix)) {
            return 0;
        }
        String last = "0";
        while (fields.hasMoreTokens()) {
            last = fields.nextToken();
        }
        return Long.parseLong(last);
    }
}
