package dev.tramway.bench.program;

import dev.tramway.IoService;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts what a multicast server sends. */
@Command(
        description = "Counts what a multicast server sends to each of its clients.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MulticastClient implements Callable<Integer>, ClientRun.Work {
    private final Protocol protocol;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "UDP: network interface to join on, by name or address (default: the system's choice)")
    private Optional<String> networkInterface = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    MulticastClient(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public Integer call() {
        options.check();
        printParameters(spec.commandLine().getOut());
        return new ClientRun(options, spec).run(this);
    }

    private void printParameters(PrintWriter out) {
        out.println((protocol == Protocol.UDP ? "Server multicast address: " : "Server address: ") + options.address);
        out.println("Server port: " + options.port);
        out.println("Working threads: " + options.threads);
        out.println("Working clients: " + options.clients);
        out.println("Message size: " + options.size);
        out.println("Seconds to benchmarking: " + options.seconds);
        out.println();
    }

    @Override
    public Participant client(IoService io, int number, Participant.Trouble trouble) {
        var flow = new Receiving(options.size);
        return protocol == Protocol.UDP
                ? DatagramParticipant.joined(io, options, networkInterface, flow, trouble)
                : new StreamParticipant(io, options, protocol, flow, trouble);
    }

    @Override
    public double seconds() {
        return options.seconds;
    }

    @Override
    public Summary summary(List<Participant> clients, ClientRun.Span span) {
        return Summary.of(clients.stream().map(Participant::flow).toList(), span);
    }

    /** Sends nothing. */
    private static final class Receiving extends Flow {
        Receiving(int size) {
            super(size);
        }

        @Override
        void ready(Link link) {}

        @Override
        void answered(Link link, long messages) {}
    }
}
