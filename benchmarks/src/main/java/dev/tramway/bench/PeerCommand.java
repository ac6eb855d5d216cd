package dev.tramway.bench;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one server under test by hand. */
@Command(
        name = "peer",
        description = "Runs one server. Its input takes the commands 'mark' and 'report'; it ends with its input.",
        mixinStandardHelpOptions = true)
final class PeerCommand implements Callable<Integer> {
    @Option(names = "--peer", required = true, description = "as 'bench compare --list' lists them")
    private String peer = "";

    @Option(names = "--scenario", required = true, description = "${COMPLETION-CANDIDATES}")
    private Work work = Work.ECHO;

    @Option(names = "--port", description = "on 127.0.0.1; 0: any (default)")
    private int port;

    @Option(names = "--threads", description = "event loops (${DEFAULT-VALUE})")
    private int threads = 1;

    @Option(names = "--rate", description = "messages that it broadcasts in a second (${DEFAULT-VALUE})")
    private double rate = 1_000;

    @Option(names = "--size", description = "bytes of the payload of each (${DEFAULT-VALUE})")
    private int size = 32;

    @Option(names = "--certificate", description = "chain and key, PEM, for TLS")
    private Optional<Path> certificate = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = new ServerSettings(work, port, threads, rate, size, certificate);
        try (var programs = Programs.compile()) {
            var contender = Contender.named(peer, programs);
            contender.refusal(settings).ifPresent(why -> {
                throw new BenchException(peer + ": " + why);
            });
            return new ProcessBuilder(contender.command(settings))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
