package dev.tramway.bench.program;

import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.TcpServer;
import dev.tramway.UdpEndpoint;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends messages at a rate to all its clients, or to a UDP multicast group. */
@Command(
        description = "Sends messages at a rate to all clients, or to a group; until Enter, or the end of its input.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MulticastServer implements Callable<Integer> {
    /** What a session may owe; beyond it, messages are dropped for that session, as in the founding documents. */
    private static final Outbound LIMIT = Outbound.limit(1 << 20).whenFull(Outbound.WhenFull.DROP_NEWEST);

    private final Protocol protocol;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = {"-m", "--messages"},
            paramLabel = "COUNT",
            description = "rate: messages per second (${DEFAULT-VALUE})")
    private long messages = 1_000_000;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "BYTES",
            description = "of a message (${DEFAULT-VALUE})")
    private int size = 32;

    @Option(
            names = "--pace",
            description = {
                "burst (default): the messages of a second at once, then a rest",
                "even: a thousandth of them each millisecond",
                "none: without a pause; --messages is not used"
            })
    private Multicaster.Pace pace = Multicaster.Pace.BURST;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "UDP: network interface to send on, by name or address (default: the system's choice)")
    private Optional<String> networkInterface = Optional.empty();

    @Option(
            names = "--ttl",
            paramLabel = "HOPS",
            description = "UDP: routers that may be passed, plus one; 0 stays on this machine (${DEFAULT-VALUE})")
    private int ttl = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    MulticastServer(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public Integer call() {
        options.check();
        ClientOptions.positive("messages", messages);
        ClientOptions.positive("size", size);
        var out = spec.commandLine().getOut();
        if (protocol == Protocol.UDP) {
            out.println("Server multicast address: " + options.address);
        }
        out.println("Server port: " + options.port);
        out.println("Working threads: " + options.threads);
        out.println("Messages rate: " + messages);
        out.println("Message size: " + size);
        out.println();
        var cpu = new CpuClock();
        var console = new ServerConsole(out);
        try (var io = IoService.builder().threads(options.threads).start()) {
            if (protocol == Protocol.UDP) {
                datagrams(io, console);
            } else {
                streams(io, console);
            }
        }
        out.println("CPU time: " + cpu);
        out.flush();
        return ExitCode.OK;
    }

    private void streams(IoService io, ServerConsole console) {
        var builder = TcpServer.on(io)
                .address(options.address)
                .port(options.port)
                .reusePort(true)
                .noDelay(options.noDelay)
                .outbound(LIMIT);
        if (protocol == Protocol.TLS) {
            builder.tls(options.tls());
        }
        try (var server = builder.start();
                var multicaster = new Multicaster(pace, messages, size, server::broadcast).start()) {
            console.obey(server.port(), () -> server.restart().join());
            multicaster.stop();
            long dropped = server.stats().messagesDropped();
            console.phase("Server stopping", server::close);
            report(multicaster, dropped);
        }
    }

    private void datagrams(IoService io, ServerConsole console) {
        var builder = UdpEndpoint.on(io)
                .bind("0.0.0.0", 0)
                .multicastTo(options.address, options.port)
                .ttl(ttl);
        networkInterface.ifPresent(builder::multicastInterface);
        try (var endpoint = builder.start();
                var multicaster = new Multicaster(pace, messages, size, endpoint::multicast).start()) {
            console.obey(endpoint.port(), () -> endpoint.restart().join());
            multicaster.stop();
            long dropped = endpoint.stats().datagramsDropped() - multicaster.waits(); // each wait was a refusal
            console.phase("Server stopping", endpoint::close);
            report(multicaster, Math.max(0, dropped));
        }
    }

    private void report(Multicaster multicaster, long dropped) {
        var out = spec.commandLine().getOut();
        out.println("Messages sent: " + multicaster.sent());
        out.println("Messages dropped: " + dropped);
        out.println("Waits for room: " + multicaster.waits());
    }
}
