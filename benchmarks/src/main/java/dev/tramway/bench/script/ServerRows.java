package dev.tramway.bench.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a crowd of clients sees of a server. */
final class ServerRows {
    /**
     * How much longer than another row the one with the crowd takes, which sends little: in a short window the one collection of
     * garbage that may happen in it would be more than a hundredth, and be the figure.
     */
    private static final double LONG = 4;

    /** The compiler has its say before: more messages than are measured, in half the time. */
    private static final double WARMUP = LONG / 2;

    private static final int WARMUP_RATE = 5;

    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final int BROADCASTS = 50;
    private static final int BROADCAST_SIZE = 100;
    private static final int FLOODING = 100;
    private static final int WINDOW = 20;

    private ServerRows() {}

    static List<Row> all() {
        return List.of(
                row("latency", lab -> 1, ServerRows::latency),
                row("events", lab -> FLOODING, ServerRows::events),
                row("broadcast", Lab::clients, ServerRows::broadcast),
                row("live", Lab::clients, ServerRows::live),
                row("idle", Lab::idle, ServerRows::idle));
    }

    /** A server with its clients. */
    private record Setting(Lab lab, Subject server, Crowd crowd) {}

    private static Row row(String key, Function<Lab, Integer> clients, Function<Setting, List<Figure>> measure) {
        return new Row() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public List<Figure> measure(Kind kind, Lab lab) {
                int count = clients.apply(lab);
                int port = Subject.freePort();
                try (var server = lab.server(kind, "server", port, count + 1);
                        var crowd = Crowd.connect(port, count)) {
                    return measure.apply(new Setting(lab, server, crowd));
                }
            }
        };
    }

    /** The way there and the way back are alike: a message, an event loop, and the thread of the script or back. */
    private static List<Figure> latency(Setting setting) {
        setting.crowd().knock(INTERVAL, setting.lab().seconds());
        setting.crowd().takeAnswers();
        setting.crowd().knock(INTERVAL, setting.lab().seconds());
        var times = setting.crowd().takeAnswers();
        return List.of(
                Figure.of(
                        "idle server, half of there and back, median, ms", Times.median(times) / 2, Bound.atMost(0.1)),
                Figure.of("idle server, half of there and back, p99, ms", Times.p99(times) / 2, Bound.atMost(1)));
    }

    private static List<Figure> events(Setting setting) {
        double seconds = setting.lab().seconds();
        setting.crowd().flood(WINDOW, seconds);
        return List.of(Figure.of(
                "answers of a trivial handler, 1/s", setting.crowd().flood(WINDOW, seconds), Bound.atLeast(300_000)));
    }

    private static List<Figure> broadcast(Setting setting) {
        // The load, too, is compiled by then: each client of it costs as much as the server's write to it.
        long warm = System.nanoTime() + (long) (setting.lab().seconds() * 1e9);
        while (System.nanoTime() - warm < 0) {
            setting.crowd().broadcast(BROADCAST_SIZE);
        }
        var times = new ArrayList<Double>();
        for (int i = 0; i < BROADCASTS; i++) {
            times.add(Times.millis(setting.crowd().broadcast(BROADCAST_SIZE)));
        }
        return List.of(Figure.of(
                "100 bytes to " + setting.lab().clients() + " clients, until the last has them, ms",
                Times.median(times),
                Bound.atMost(15)));
    }

    /** Each client a message a second, answered, and a broadcast a second; then each message to everybody. */
    private static List<Figure> live(Setting setting) {
        var crowd = setting.crowd();
        int clients = setting.lab().clients();
        double seconds = setting.lab().seconds();
        crowd.pace(Crowd.ANSWER, WARMUP_RATE * clients, WARMUP * seconds, WARMUP_RATE);
        crowd.takeAnswers();
        crowd.takeBroadcasts();
        var answered = window(setting, () -> crowd.pace(Crowd.ANSWER, clients, LONG * seconds, 1));
        var answers = crowd.takeAnswers();
        var announced = crowd.takeBroadcasts();
        crowd.pace(Crowd.BROADCAST, clients, seconds / 2);
        crowd.takeBroadcasts();
        var chatted = window(setting, () -> crowd.pace(Crowd.BROADCAST, clients, seconds));
        var chats = crowd.takeBroadcasts();
        return List.of(
                Figure.of(clients + " clients, answer, median, ms", Times.median(answers)),
                Figure.of(clients + " clients, answer, p99, ms", Times.p99(answers), Bound.atMost(5)),
                Figure.of(clients + " clients, broadcast, p99, ms", Times.p99(announced)),
                Figure.of(clients + " clients, CPU of the sockets, cores", answered.sockets(), Bound.atMost(0.15)),
                Figure.of(clients + " clients, CPU of the process, cores", answered.whole()),
                Figure.of("everything to everybody, deliveries, 1/s", chatted.received()),
                Figure.of("everything to everybody, p99, ms", Times.p99(chats)),
                Figure.of("everything to everybody, CPU of the sockets, cores", chatted.sockets()),
                Figure.of("everything to everybody, CPU of the process, cores", chatted.whole()));
    }

    private record Window(double received, double whole, double sockets) {}

    private static Window window(Setting setting, Runnable work) {
        var used = setting.server().usage();
        long received = setting.crowd().received();
        long began = System.nanoTime();
        work.run();
        double nanos = System.nanoTime() - began;
        var now = setting.server().usage().since(used);
        return new Window(
                (setting.crowd().received() - received) * 1e9 / nanos, now.whole() / nanos, now.sockets() / nanos);
    }

    private static List<Figure> idle(Setting setting) {
        return List.of(Figure.of(
                setting.lab().idle() + " idle connections, heap, MB",
                setting.server().liveHeap() / 1e6,
                Bound.atMost(100)));
    }
}
