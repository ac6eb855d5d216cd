package dev.tramway.bench.program;

import dev.tramway.IoService;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An echo client: sends messages, counts what comes back. */
@Command(
        description = "Sends messages to an echo server and counts what comes back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EchoClient implements Callable<Integer>, ClientRun.Work {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Protocol protocol;
    private final Histogram times = new ConcurrentHistogram(LONGEST, DIGITS);

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = {"-m", "--messages"},
            paramLabel = "COUNT",
            description = {
                "windowed: in flight for each client (1000)",
                "total, ping-pong: of all clients together (1000000)",
                "rate: per second, of all clients together (10000)"
            })
    private Optional<Long> messages = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = {
                "windowed (default): each answer is followed by another message",
                "total: a message is written when the kernel has taken the one before (UDP: as ping-pong), to the end",
                "ping-pong: one message of each client in flight, to the end",
                "rate: at a fixed rate; times count from when a message was due"
            })
    private Mode mode = Mode.WINDOWED;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    EchoClient(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public Integer call() {
        options.check();
        ClientOptions.positive("messages", count());
        if (mode == Mode.RATE && protocol == Protocol.UDP && options.size < Long.BYTES) {
            throw new IllegalArgumentException("size: " + options.size + " (expected: room for a number, 8 bytes)");
        }
        printParameters(spec.commandLine().getOut());
        return new ClientRun(options, spec).run(this);
    }

    private long count() {
        return messages.orElse(mode.messages());
    }

    private void printParameters(PrintWriter out) {
        out.println("Server address: " + options.address);
        out.println("Server port: " + options.port);
        out.println("Working threads: " + options.threads);
        out.println("Working clients: " + options.clients);
        out.println((mode.isTotal() ? "Messages to send: " : "Working messages: ") + count());
        out.println("Message size: " + options.size);
        out.println("Mode: " + mode);
        if (!mode.isTotal()) {
            out.println("Seconds to benchmarking: " + options.seconds);
        }
        out.println();
    }

    @Override
    public Participant client(IoService io, int number, Participant.Trouble trouble) {
        var flow = flow(number);
        return protocol == Protocol.UDP
                ? DatagramParticipant.connected(io, options, flow, trouble)
                : new StreamParticipant(io, options, protocol, flow, trouble);
    }

    private Flow flow(int client) {
        long share = count() / options.clients + (client < count() % options.clients ? 1 : 0);
        boolean datagrams = protocol == Protocol.UDP;
        return switch (mode) {
            case WINDOWED -> new Windowed(options.size, count());
            case PING_PONG -> new PingPong(options.size, share, times);
            case TOTAL -> datagrams ? new PingPong(options.size, share, times) : new WriteDriven(options.size, share);
            case RATE -> new FixedRate(options.size, schedule(client), datagrams, times);
        };
    }

    private FixedRate.Schedule schedule(int client) {
        return new FixedRate.Schedule(count(), client, options.clients);
    }

    @Override
    public double seconds() {
        return mode.isTotal() ? Double.POSITIVE_INFINITY : options.seconds;
    }

    @Override
    public Summary summary(List<Participant> clients, ClientRun.Span span) {
        return Summary.of(clients.stream().map(Participant::flow).toList(), span)
                .missing(protocol == Protocol.UDP)
                .roundTrips(times);
    }
}
