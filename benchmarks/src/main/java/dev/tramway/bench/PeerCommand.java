package dev.tramway.bench;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Programs;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one server under test by hand. */
@Command(
        name = "peer",
        description = "Runs one server. Its input takes the commands 'mark' and 'report'; it ends with its input.",
        mixinStandardHelpOptions = true)
final class PeerCommand implements Callable<Integer> {
    @Option(names = "--peer", required = true, description = "raw-c, tramway, netty-epoll or netty-nio")
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = new ServerSettings(work, port, threads, rate, size);
        try (var programs = Programs.compile()) {
            var command = Contender.named(peer, programs).command(settings);
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        }
    }
}
