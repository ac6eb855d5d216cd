package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
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
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var message = new byte[SIZE];
            var times = new ArrayList<Double>();
            int events = 0;
            for (int i = 0; i < 2 * TIMES; i++) {
                long began = System.nanoTime();
                socket.getOutputStream().write(message);
                int pieces = pieces(answers);
                if (i >= TIMES) {
                    times.add(Times.millis(System.nanoTime() - began));
                    events += pieces;
                }
            }
            return List.of(
                    Figure.of("message of 16 MiB, ms", Times.median(times), Bound.atMost(50)),
                    Figure.of("message of 16 MiB, events", (double) events / TIMES, Bound.atMost(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the sizes of events until they make up a message; returns how many there were. */
    private static int pieces(BufferedReader answers) throws IOException {
        int events = 0;
        for (long rest = SIZE; rest > 0; events++) {
            var line = answers.readLine();
            if (line == null) {
                throw new BenchException("a server has disconnected");
            }
            rest -= Long.parseLong(line);
        }
        return events;
    }
}
