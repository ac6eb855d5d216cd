package dev.tramway.bench.process;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * One run of a server and a load client, each in its process; both report on the same span of time.
 *
 * @param load what the client saw
 * @param server what the server did
 * @param seen what a probe saw
 */
public record Trial(LoadReport load, ServerReport server, Map<String, Double> seen) {
    /** From this share of a core on, a process counts as being at its limit. */
    private static final double LIMIT = 0.9;

    private static final Duration START = Duration.ofSeconds(30);

    /** For a handshake on a busy machine; the load client connects one after the other. */
    private static final Duration CONNECT = Duration.ofMillis(10);

    private static final ServerReport UNKNOWN =
            new ServerReport(1, 0, 0, 0, OptionalLong.empty(), OptionalLong.empty());

    /** Where and with what trials are made. */
    public record Bench(Programs programs, Pinning pinning) {}

    /**
     * Makes a trial with a server that is started for it, or that somebody else runs.
     *
     * @throws BenchException if a message was lost, repeated, reordered or damaged, or a process failed
     */
    public static Trial run(Contender contender, ServerSettings settings, LoadSettings load, Probe probe, Bench bench) {
        if (contender instanceof Contender.External external) {
            try (var client = client(load, external.host(), external.port(), bench)) {
                return watch(Optional.empty(), settings, client, load, probe);
            }
        }
        try (var server = ServerProcess.start(contender, settings, bench.pinning())) {
            return on(server, settings, load, probe, bench);
        }
    }

    /** Makes a trial with a server that runs; it makes messages on its own only while a client is there. */
    static Trial on(ServerProcess server, ServerSettings settings, LoadSettings load, Probe probe, Bench bench) {
        var host = settings.work() == Work.GROUP ? Work.GROUP_ADDRESS : "127.0.0.1";
        try (var client = client(load, host, server.port(), bench)) {
            var trial = watch(Optional.of(server), settings, client, load, probe);
            if (settings.work().isProduced()) {
                server.rate(0);
            }
            return trial;
        }
    }

    private static Child client(LoadSettings load, String host, int port, Bench bench) {
        return Child.startMerged(
                bench.pinning().load(load.command(bench.programs().load(), host, port)));
    }

    /** The client says when it has connected, when the measured time begins and, by its report, when it ends. */
    private static Trial watch(
            Optional<ServerProcess> server, ServerSettings settings, Child client, LoadSettings load, Probe probe) {
        var patience = START.plus(CONNECT.multipliedBy(load.connections()))
                .plusMillis((long) (1_000 * (load.warmup() + load.seconds())));
        var text = new StringJoiner("\n");
        var trial = Optional.<Trial>empty();
        for (var line = client.nextLine(patience); line.isPresent(); line = client.nextLine(patience)) {
            if (line.get().equals("CONNECTED")) {
                server.filter(running -> settings.work().isProduced())
                        .ifPresent(running -> running.rate(settings.rate()));
            } else if (line.get().equals("BEGIN")) {
                server.ifPresent(ServerProcess::mark);
                server.ifPresent(probe::begin);
            } else if (line.get().startsWith("{")) {
                var done = server.map(ServerProcess::report).orElse(UNKNOWN);
                var seen = server.map(probe::end).orElse(Map.of());
                trial = Optional.of(new Trial(LoadReport.parse(line.get()), done, seen));
            } else {
                text.add(line.get());
            }
        }
        if (client.exitCode() != 0) {
            throw new BenchException(text.toString());
        }
        return trial.orElseThrow(() -> new BenchException("no report"));
    }

    /** Cores that the server kept busy. */
    public double serverCores() {
        return server.cpuSeconds() / server.seconds();
    }

    /** Cores that the client kept busy. */
    public double loadCores() {
        return load.cpuSeconds() / load.seconds();
    }

    /** CPU time of the server per message that the client received, in nanoseconds. */
    public double serverNanosPerMessage() {
        return server.cpuSeconds() * 1e9 / load.messages();
    }

    /** What a probe saw under a name; 0 if it saw nothing. */
    public double seen(String name) {
        return seen.getOrDefault(name, 0.0);
    }

    /** Which process had no more to give. */
    public Limit limit() {
        boolean byServer = serverCores() >= LIMIT;
        boolean byLoad = loadCores() >= LIMIT;
        return byServer ? byLoad ? Limit.BOTH : Limit.SERVER : byLoad ? Limit.LOAD : Limit.NONE;
    }

    /** Which process of a trial had no more to give. */
    public enum Limit {
        /** The server: the figure is its own. */
        SERVER,
        /** The load client: the server could do more. */
        LOAD,
        /** Both. */
        BOTH,
        /** Neither: a rate or round trips set the pace, or the machine had other things to do. */
        NONE
    }
}
