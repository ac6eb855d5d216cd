package dev.tramway.bench.script;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The handler of the manual, which prints a message line by line and answers it twice. */
final class Printer implements Row {
    private static final int WINDOW = 50;
    private static final int ANSWERS = 2;
    private static final String MESSAGE = "a message of the client";

    @Override
    public String key() {
        return "printer";
    }

    @Override
    @SuppressWarnings("try") // a program that only has to run
    public List<Figure> measure(Kind kind, Lab lab) {
        int port = Subject.freePort();
        var lines = new AtomicLong();
        try (var server = lab.server(kind, "printer", port, 2);
                var io = IoService.builder().name("load").threads(1).start();
                var client = TcpClient.on(io)
                        .to("127.0.0.1", port)
                        .framing(Framing.lines())
                        .onMessage((session, line) -> answered(session, lines))
                        .build()) {
            client.connect();
            for (int i = 0; i < WINDOW; i++) {
                client.send(MESSAGE);
            }
            rate(lines, lab.seconds());
            return List.of(Figure.of(
                    "handler of the manual, output discarded, messages/s",
                    rate(lines, lab.seconds()) / ANSWERS,
                    Bound.atLeast(50_000)));
        }
    }

    private static void answered(Session session, AtomicLong lines) {
        if (lines.incrementAndGet() % ANSWERS == 0) {
            session.send(MESSAGE);
        }
    }

    private static double rate(AtomicLong lines, double seconds) {
        long before = lines.get();
        long began = System.nanoTime();
        LockSupport.parkNanos((long) (seconds * 1e9));
        return (lines.get() - before) * 1e9 / (System.nanoTime() - began);
    }
}
