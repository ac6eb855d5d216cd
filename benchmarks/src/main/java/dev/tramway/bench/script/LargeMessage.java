package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A large message that is to become one event. */
final class LargeMessage implements Row {
    static final int SIZE = 16 << 20;

    private static final int TIMES = 20;
    private static final int PATIENCE_MILLIS = 60_000;

    @Override
    public String key() {
        return "large";
    }

    @Override
    @SuppressWarnings("try") // a program that only has to run
    public List<Figure> measure(Kind kind, Lab lab) {
        int port = Subject.freePort();
        try (var server = lab.server(kind, "sizes", port, 2);
                var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var answers = new DataInputStream(socket.getInputStream());
            var message =
                    ByteBuffer.allocate(Integer.BYTES + SIZE).putInt(0, SIZE).array();
            var times = new ArrayList<Double>();
            for (int i = 0; i < 2 * TIMES; i++) {
                long began = System.nanoTime();
                socket.getOutputStream().write(message);
                check(answers);
                if (i >= TIMES) {
                    times.add(Times.millis(System.nanoTime() - began));
                }
            }
            return List.of(Figure.of("message of 16 MiB as one event, ms", Times.median(times), Bound.atMost(50)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a message is its size, as text behind its own length. */
    private static void check(DataInputStream answers) throws IOException {
        var size = new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
        if (!size.equals(Integer.toString(SIZE))) {
            throw new BenchException("a message of " + SIZE + " bytes came as " + size);
        }
    }
}
