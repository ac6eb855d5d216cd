package dev.tramway.bench.program;

import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.TcpServer;
import dev.tramway.UdpEndpoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sends back what it receives. */
@Command(
        description = "Sends back what it receives, until Enter, or the end of its input.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EchoServer implements Callable<Integer> {
    /** No limit in practice: the scenarios know none for echoes. */
    private static final Outbound UNLIMITED = Outbound.limit(1L << 40);

    private static final Outbound ROOM = Outbound.limit(64 << 20).whenFull(Outbound.WhenFull.DROP_NEWEST);

    private final Protocol protocol;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    EchoServer(Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public Integer call() {
        options.check();
        var out = spec.commandLine().getOut();
        var console = new ServerConsole(out);
        out.println("Server port: " + options.port);
        out.println("Working threads: " + options.threads);
        out.println();
        var cpu = new CpuClock();
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
                .outbound(UNLIMITED)
                .onMessage((session, data) -> session.send(data));
        if (protocol == Protocol.TLS) {
            builder.tls(options.tls());
        }
        try (var server = builder.start()) {
            console.obey(server.port(), () -> server.restart().join());
            console.phase("Server stopping", server::close);
        }
    }

    private void datagrams(IoService io, ServerConsole console) {
        try (var endpoint = UdpEndpoint.on(io)
                .bind(options.address, options.port)
                .sockets(options.threads)
                .outbound(ROOM)
                .onDatagram((socket, from, data) -> socket.send(from, data))
                .start()) {
            console.obey(endpoint.port(), () -> endpoint.restart().join());
            console.phase("Server stopping", endpoint::close);
        }
    }
}
