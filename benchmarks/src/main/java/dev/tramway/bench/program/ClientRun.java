package dev.tramway.bench.program;

import dev.tramway.IoService;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** One run of a client program: connects all clients, lets them work, adds up what they saw, and says how it went. */
final class ClientRun {
    /** What differs from program to program. */
    interface Work {
        /** Makes a client. */
        Participant client(IoService io, int number, Participant.Trouble trouble);

        /** Seconds after which the run ends; infinite if it ends when all clients are done. */
        double seconds();

        /** Adds up what the clients saw. */
        Summary summary(List<Participant> clients, Span span);
    }

    /**
     * The times of a run, as of {@link System#nanoTime}.
     *
     * @param began before the first connect
     * @param connected after the last connect
     * @param ended the end
     */
    record Span(long began, long connected, long ended) {}

    private final ClientOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

    ClientRun(ClientOptions options, CommandSpec spec) {
        this.options = options;
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    /** Runs it to its end; the exit code. */
    int run(Work work) {
        var cpu = new CpuClock();
        boolean steady;
        Summary summary;
        try (var io = IoService.builder().threads(options.threads).start()) {
            long began = System.nanoTime();
            var clients = IntStream.range(0, options.clients)
                    .mapToObj(i -> work.client(io, i, troubles::add))
                    .toList();
            phase("Clients connecting");
            clients.stream().map(this::opened).toList().forEach(CompletableFuture::join);
            out.println("Done!");
            long connected = System.nanoTime();
            phase("Processing");
            steady = troubles.isEmpty() && process(clients, work.seconds());
            out.println("Done!");
            summary = work.summary(clients, new Span(began, connected, System.nanoTime()));
            clients.forEach(Participant::close);
        }
        summary.print(out, troubles.size(), cpu);
        return verdict(steady);
    }

    private void phase(String what) {
        out.print(what + "...");
        out.flush();
    }

    private CompletableFuture<?> opened(Participant client) {
        return client.open().handle((opened, failure) -> {
            if (failure != null) {
                var cause = failure instanceof CompletionException ? failure.getCause() : failure;
                troubles.add(String.valueOf(cause));
            }
            return true;
        });
    }

    private boolean process(List<Participant> clients, double seconds) {
        return new Stopwatch(seconds, options.stall).run(() -> sum(clients), () -> {
            clients.forEach(Participant::sendDue);
            return clients.stream().allMatch(client -> client.flow().done() || !client.isOpen());
        });
    }

    private static long sum(List<Participant> clients) {
        return clients.stream().mapToLong(client -> client.flow().bytes()).sum();
    }

    private int verdict(boolean steady) {
        if (!troubles.isEmpty()) {
            err.println(troubles.size() + " errors; the first: " + troubles.peek());
        } else if (!steady) {
            err.println("Nothing has come from " + options.address + ':' + options.port + " for " + options.stall
                    + " s; is a server running there?");
        }
        err.flush();
        return troubles.isEmpty() && steady ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
