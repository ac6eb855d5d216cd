package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.SystemCalls;
import dev.tramway.bench.process.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All scenarios, in the order of the report. */
public final class Scenarios {
    /** The chapter of the founding documents' scenarios. */
    public static final String SIX = "six";

    /** The chapter of the curves. */
    public static final String SCALING = "scaling";

    static final String NO_TLS = "the load client speaks no TLS here: the headers of OpenSSL (libssl-dev) are missing";
    private static final String NO_PERF = "perf cannot count system calls here";

    /** Frames of 32 bytes, the header included, as many as the founding documents send. */
    static final ServerSettings MULTICAST = new ServerSettings(Work.LOSSY, 0, 1, 1_000_000, 28, Optional.empty());

    private static final ServerSettings GROUP = ServerSettings.of(Work.GROUP).withRate(1_000_000);

    private Scenarios() {}

    /** Those of the targets, then those of the founding documents. */
    public static List<Scenario> compared() {
        return Stream.of(messages(), datagrams(), security(), costs(), connections(), six())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> messages() {
        return List.of(
                SideBySide.of(
                        "echo",
                        "P1",
                        "P1: byte echo, 100 connections x 1000 x 32 B",
                        run(Work.ECHO, "echo"),
                        Metrics.rate()),
                SideBySide.of(
                                "framed",
                                "P2",
                                "P2: length-prefixed echo, 100 connections x 1000 x 32 B",
                                run(Work.FRAMED, "framed"),
                                Metrics.rate())
                        .notes("The client checks length, connection and sequence number of every frame."),
                new PacedBroadcast(false),
                SideBySide.of(
                                "chat",
                                "P3b",
                                "P3b: chat, 100 connections x 10 x 32 B, each message to all others",
                                run(Work.CHAT, "chat", load -> load.window(10)),
                                deliveries())
                        .notes("Every client checks the sequence numbers of every sender."),
                new StoppedClients(),
                SideBySide.of(
                                "round-trip",
                                "P4",
                                "P4: round trip of a 32 B frame, one connection",
                                run(
                                        Work.FRAMED,
                                        "pingpong",
                                        load -> load.connections(1).with("--spin")),
                                Metrics.latencies().andCores())
                        .variants(Variants.WAITING)
                        .notes(
                                "The load client never sleeps, so the server's waiting alone makes the difference.",
                                "tramway-adaptive spins for up to a millisecond before it blocks; raw-c-spinning never blocks, so that",
                                "its round trip is what the kernel and the load client take."));
    }

    private static List<Scenario> datagrams() {
        var metrics = Metrics.rate().and("lost", trial -> trial.load().lost());
        return List.of(
                SideBySide.of(
                        "udp",
                        "P5",
                        "P5: UDP echo, 50 sockets x 4 x 32 B, one datagram a call",
                        run(Work.UDP, "udp", load -> load.connections(50).window(4)),
                        metrics),
                SideBySide.of(
                        "udp-segmented",
                        "P5",
                        "P5: UDP echo, 4 sockets x 64 x 32 B, the client with GSO and GRO",
                        run(
                                Work.UDP,
                                "udp",
                                load -> load.connections(4).window(64).with("--segment")),
                        metrics));
    }

    private static List<Scenario> security() {
        return List.of(
                secure(SideBySide.of(
                                "tls-echo",
                                "P6",
                                "P6: TLS 1.3 echo, 100 connections x 1000 x 32 B",
                                run(Work.ECHO, "echo"),
                                Metrics.rate()))
                        .variants(Variants.TLS),
                new PacedBroadcast(true));
    }

    private static List<Scenario> costs() {
        return List.of(
                new IdleMemory(false),
                new IdleMemory(true),
                SideBySide.of(
                                "live",
                                "P8",
                                "P8: 1,500 live connections, 10 frames of 32 B per second each, at a fixed rate",
                                run(
                                        Work.FRAMED,
                                        "framed",
                                        load -> load.connections(1_500).with("--rate=10")),
                                Metrics.latencies().andCores())
                        .notes("Times count from when a frame was due."),
                allocation("allocation", "length-prefixed echo, 100 x 1000 x 32 B", run(Work.FRAMED, "framed")),
                SideBySide.of(
                                "allocation-turns",
                                "P9",
                                "P9: allocation per turn of the event loop, length-prefixed echo, 100 x 1000 x 32 B",
                                counted(run(Work.FRAMED, "framed")),
                                Metrics.headline("B/turn", Scenarios::allocatedPerTurn)
                                        .and("turns/s", trial -> trial.seen(SystemCalls.TURNS_PER_SECOND)))
                        .ofJava()
                        .unless(Scenarios::withoutPerf)
                        .notes("A turn is a call that waits for I/O, with or without a time to wait."),
                allocation(
                        "allocation-broadcast",
                        "broadcast of 32 B to 100 clients, 100,000 messages/s if a server can",
                        lab -> new Run(ServerSettings.of(Work.BROADCAST).withRate(100_000), lab.load("subscribe"))),
                allocation(
                        "allocation-udp",
                        "UDP echo, 50 sockets x 4 x 32 B",
                        run(Work.UDP, "udp", load -> load.connections(50).window(4))));
    }

    private static Scenario allocation(String key, String what, Function<Lab, Run> run) {
        return SideBySide.of(
                        key,
                        "P9",
                        "P9: allocation, " + what,
                        run,
                        Metrics.headline("B/message", Scenarios::allocated)
                                .and("messages", trial -> trial.load().messages()))
                .ofJava()
                .notes(
                        "Bytes on the Java heap over all threads; what a run allocates once counts, too, so short runs show more.");
    }

    private static double allocated(Trial trial) {
        return (double) trial.server().allocatedBytes().orElse(0) / trial.load().messages();
    }

    private static double allocatedPerTurn(Trial trial) {
        double turns = trial.seen(SystemCalls.TURNS_PER_SECOND) * trial.server().seconds();
        return trial.server().allocatedBytes().orElse(0) / turns;
    }

    private static List<Scenario> connections() {
        var accepts = SideBySide.of(
                        "accepts",
                        "P10",
                        "P10: connections accepted, 10 at a time, one byte to and fro",
                        run(Work.ECHO, "connect", load -> load.connections(10)),
                        Metrics.headline("connections/s", trial -> trial.load().rate())
                                .andCosts())
                .notes(
                        "The load client connects one after the other and is often the limit.",
                        "Where processes are kept, as in a quick comparison, Java has not compiled what accepts yet.");
        return List.of(
                accepts,
                secure(accepts.named("handshakes", "P10: TLS 1.3 handshakes, full, 10 at a time"))
                        .variants(Variants.TLS),
                SideBySide.of(
                                "reconnect",
                                "P10",
                                "P10: time until 10,000 clients that were cut off are all served again",
                                run(
                                        Work.ECHO,
                                        "reconnect",
                                        load -> load.connections(10_000).with("--sources=20")),
                                Metrics.headline(
                                                "median ms",
                                                trial -> trial.load().p50Micros() / 1_000)
                                        .andCores())
                        .notes("At most 2,000 are under way at a time; each says a byte and waits for it."),
                systemCalls("system-calls", "length-prefixed echo", Work.FRAMED, "framed", 1_000),
                systemCalls("system-calls-one", "length-prefixed echo, one in flight", Work.FRAMED, "framed", 1),
                SideBySide.of(
                                "wake-ups",
                                "P10",
                                "P10: wake-ups of a server with 100 idle connections",
                                lab -> new Run(ServerSettings.of(Work.ECHO), lab.load("idle"), new WakeUps(), true),
                                Metrics.headline(WakeUps.PER_SECOND, trial -> trial.seen(WakeUps.PER_SECOND))
                                        .andCores())
                        .notes("Threads of the JVM itself are left out. A native server wakes up once to be asked."));
    }

    private static Scenario systemCalls(String key, String what, Work work, String mode, int window) {
        return SideBySide.of(
                        key,
                        "P10",
                        "P10: system calls per message, " + what,
                        counted(run(work, mode, load -> load.window(window))),
                        Metrics.headline(
                                "calls/message",
                                trial -> trial.seen(SystemCalls.PER_SECOND)
                                        / trial.load().rate()))
                .unless(Scenarios::withoutPerf);
    }

    private static Optional<String> withoutPerf(Lab lab) {
        return SystemCalls.available() ? Optional.empty() : Optional.of(NO_PERF);
    }

    private static Function<Lab, Run> counted(Function<Lab, Run> run) {
        return lab -> {
            var plain = run.apply(lab);
            return new Run(plain.server(), plain.load(), new SystemCalls());
        };
    }

    /** The founding documents' six, each with one client and with a hundred. */
    private static List<Scenario> six() {
        var scenarios = new ArrayList<Scenario>();
        for (int clients : List.of(1, 100)) {
            int threads = clients == 1 ? 1 : 4;
            var suffix = ", -c " + clients + " -t " + threads;
            UnaryOperator<LoadSettings> load = settings -> settings.connections(clients);
            UnaryOperator<ServerSettings> server = settings -> settings.withThreads(threads);
            var echo = SideBySide.of(
                    "tcp-echo-" + clients,
                    SIX,
                    "TCP echo" + suffix,
                    with(server, run(Work.ECHO, "echo", load)),
                    Metrics.rate());
            var multicast = SideBySide.of(
                            "tcp-multicast-" + clients,
                            SIX,
                            "TCP multicast" + suffix,
                            with(server, lab -> new Run(MULTICAST, load.apply(lab.load("count")))),
                            deliveries().and("delivered share", trial -> delivered(trial, clients)))
                    .notes(
                            "A million messages of 32 B per second are made; those for whom a client owes a megabyte are dropped.");
            scenarios.add(echo);
            scenarios.add(secure(echo.named("tls-echo-" + clients, "TLS echo" + suffix)));
            scenarios.add(SideBySide.of(
                    "udp-echo-" + clients,
                    SIX,
                    "UDP echo" + suffix + ", 200 in flight",
                    with(
                            server,
                            run(
                                    Work.UDP,
                                    "udp",
                                    settings -> load.apply(settings).window(200 / clients))),
                    Metrics.rate().and("lost", trial -> trial.load().lost())));
            scenarios.add(multicast);
            scenarios.add(secure(multicast.named("tls-multicast-" + clients, "TLS multicast" + suffix)));
            scenarios.add(multicast
                    .running(with(server, lab -> new Run(GROUP, load.apply(lab.load("group")))))
                    .named("udp-multicast-" + clients, "UDP multicast" + suffix)
                    .notes("As many datagrams of 32 B per second as a server sends, a million at most."));
        }
        return List.copyOf(scenarios);
    }

    private static double delivered(Trial trial, int clients) {
        return trial.load().messages() / Math.max(1.0, (double) trial.server().broadcasts() * clients);
    }

    /** Throughput and latency over the number of connections and the size of messages. */
    public static List<Scenario> scaling() {
        var connections = IntStream.of(1, 10, 100, 1_000, 10_000)
                .mapToObj(count -> curve(
                        "connections",
                        count,
                        load -> load.connections(count)
                                .window(Math.max(1, 10_000 / count))
                                .with("--sources=20")));
        var sizes = IntStream.of(32, 256, 2_048, 16_384, 65_536)
                .mapToObj(bytes -> curve(
                        "bytes",
                        bytes,
                        load -> load.size(bytes).window(Math.max(1, Math.min(1_000, (1 << 20) / bytes)))));
        var latencies = IntStream.of(1, 10, 100, 1_000)
                .mapToObj(count -> SideBySide.of(
                        "latency-connections-" + count,
                        SCALING,
                        "Round trips, " + count + " connections, one frame in flight on each",
                        run(Work.FRAMED, "pingpong", load -> load.connections(count)),
                        Metrics.latencies().andCosts()));
        return Stream.of(connections, sizes, latencies)
                .flatMap(stream -> stream.map(Scenario.class::cast))
                .toList();
    }

    private static SideBySide curve(String over, int value, UnaryOperator<LoadSettings> load) {
        return SideBySide.of(
                over + '-' + value,
                SCALING,
                "Length-prefixed echo, " + value + ' ' + over,
                run(Work.FRAMED, "framed", load),
                Metrics.rate());
    }

    // ---- parts ------------------------------------------------------------------------------------------------------

    private static Metrics deliveries() {
        return Metrics.headline("deliveries/s", trial -> trial.load().rate()).andCosts();
    }

    private static Function<Lab, Run> run(Work work, String mode) {
        return run(work, mode, UnaryOperator.identity());
    }

    private static Function<Lab, Run> run(Work work, String mode, UnaryOperator<LoadSettings> load) {
        return lab -> new Run(ServerSettings.of(work), load.apply(lab.load(mode)));
    }

    private static Function<Lab, Run> with(UnaryOperator<ServerSettings> server, Function<Lab, Run> run) {
        return lab -> run.apply(lab).server(server);
    }

    private static SideBySide secure(SideBySide plain) {
        return plain.running(lab -> {
                    var run = plain.run().apply(lab);
                    return new Run(lab.secure(run.server()), run.load().with("--tls"), run.probe());
                })
                .unless(lab -> lab.hasTls() ? Optional.empty() : Optional.of(NO_TLS));
    }
}
