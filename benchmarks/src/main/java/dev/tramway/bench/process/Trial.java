package dev.tramway.bench.process;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.peer.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One run of a server and a load client, each in its process; both report on the same span of time.
 *
 * @param load what the client saw
 * @param server what the server did
 */
public record Trial(LoadReport load, ServerReport server) {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String READY = "READY ";

    /**
     * Makes a trial.
     *
     * @throws BenchException if a message was lost, repeated, reordered or damaged, or a process failed
     */
    public static Trial run(
            Contender contender, ServerSettings settings, LoadSettings load, Path client, Pinning pinning) {
        try (var server = Child.start(pinning.server(contender.command(settings)))) {
            int port = readyPort(server, contender);
            try (var running = Child.startMerged(pinning.load(load.command(client, port)))) {
                return watch(server, running, load);
            }
        }
    }

    private static int readyPort(Child server, Contender contender) {
        return server.nextLine(START)
                .filter(line -> line.startsWith(READY))
                .map(line -> Integer.parseInt(line.substring(READY.length())))
                .orElseThrow(() -> new BenchException(contender.name() + " does not start"));
    }

    /** The client says when the measured time begins and, by its report, when it ends. */
    private static Trial watch(Child server, Child load, LoadSettings settings) {
        var patience = START.plusMillis((long) (1_000 * (settings.warmup() + settings.seconds())));
        var text = new StringJoiner("\n");
        var trial = Optional.<Trial>empty();
        for (var line = load.nextLine(patience); line.isPresent(); line = load.nextLine(patience)) {
            if (line.get().equals("BEGIN")) {
                server.tell("mark");
            } else if (line.get().startsWith("{")) {
                server.tell("report");
                var report = server.nextLine(START).map(ServerReport::parse);
                var seen = LoadReport.parse(line.get());
                trial = report.map(done -> new Trial(seen, done));
            } else {
                text.add(line.get());
            }
        }
        if (load.exitCode() != 0) {
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
}
