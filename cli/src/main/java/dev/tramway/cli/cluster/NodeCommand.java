package dev.tramway.cli.cluster;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The receiving node of {@link BenchCommand}, in a process of its own, so that its processor time can be told apart. */
@Command(name = "node", description = "A node for the measurement.", hidden = true)
final class NodeCommand implements Callable<Integer> {
    /** Bytes of each message. */
    static final int SIZE = 32;

    /** What makes it broadcast to its own sessions, followed by milliseconds. */
    static final String LOCAL = "local ";

    /** Said when it takes connections, followed by the port. */
    static final String READY = "READY ";

    private static final long FULL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    @Parameters(paramLabel = "URL", description = "Where NATS is.")
    private String url = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (IoService io = IoService.builder().threads(1).start();
                NatsCluster cluster = NatsCluster.connect(NatsOptions.to(url).prefix("bench"));
                TcpServer server = server(io, cluster)) {
            out.println(READY + server.port());
            out.flush();
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                broadcast(server, Long.parseLong(command.substring(LOCAL.length())));
            }
        }
        return 0;
    }

    /** A server whose clients get what they can take, and miss the rest. */
    static TcpServer server(IoService io, NatsCluster cluster) {
        return TcpServer.on(io)
                .address("127.0.0.1")
                .port(0)
                .framing(Framing.fixedSize(SIZE))
                .outbound(Outbound.DEFAULT.whenFull(Outbound.WhenFull.DROP_NEWEST))
                .cluster(cluster)
                .start();
    }

    private static void broadcast(TcpServer server, long millis) {
        ByteBuffer message = ByteBuffer.allocate(SIZE);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - until < 0) {
            if (server.broadcast(message) == SendResult.FULL) {
                LockSupport.parkNanos(FULL_NANOS);
            }
        }
    }
}
