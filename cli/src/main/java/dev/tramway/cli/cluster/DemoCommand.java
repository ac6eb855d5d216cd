package dev.tramway.cli.cluster;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster demo}. */
@Command(
        name = "demo",
        description = "A chat on three nodes: what is said on one is read on all. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int NODES = 3;
    private static final int MOST = 65_535 - NODES + 1;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the first node; the others follow (default: ${DEFAULT-VALUE}; 0: the system's choice).")
    private int port = 3311;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > MOST) {
            throw new IllegalArgumentException("--port: " + port + " (expected: 0 to " + MOST + ")");
        }
        PrintWriter out = spec.commandLine().getOut();
        Deque<AutoCloseable> open = new ArrayDeque<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread atExit = new Thread(() -> close(open), "demo");
        try {
            NatsProcess nats = NatsProcess.start();
            open.push(nats);
            out.println("NATS   " + nats.url());
            for (int i = 0; i < NODES; i++) {
                TcpServer server = startNode(nats.url(), i, open);
                out.println("node " + (i + 1) + " 127.0.0.1:" + server.port());
            }
            out.println("Connect to several of them, for example with: tramway connect 127.0.0.1 PORT");
            out.println("Ctrl-C ends all.");
            out.flush();
            Runtime.getRuntime().addShutdownHook(atExit);
            ended.await();
            return 0;
        } finally {
            close(open);
        }
    }

    private TcpServer startNode(String url, int number, Deque<AutoCloseable> open) {
        IoService io = IoService.builder().threads(1).start();
        open.push(io);
        NatsCluster cluster =
                NatsCluster.connect(NatsOptions.to(url).prefix("demo").name("node " + (number + 1)));
        open.push(cluster);
        TcpServer server = TcpServer.on(io)
                .address("127.0.0.1")
                .port(port == 0 ? 0 : port + number)
                .framing(Framing.lines())
                .cluster(cluster)
                .onConnect(session -> session.send("You are on node " + (number + 1) + " of " + NODES + "."))
                .onMessage(DemoCommand::repeat)
                .start();
        open.push(server);
        return server;
    }

    private static void repeat(Session session, ByteBuffer message) {
        if (session.server().everywhere().broadcast(message) != SendResult.ACCEPTED) {
            session.send("(too much at once: not sent)");
        }
    }

    private static synchronized void close(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The next one is to be closed all the same.
            }
        }
    }
}
