package dev.tramway.cluster.testing;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;

/** A node that repeats to all sessions everywhere what any of its own says; ends when its input does. */
public final class NodeProgram {
    /** What each client is told first: from then on it gets what is broadcast. */
    static final String WELCOME = "welcome";

    private NodeProgram() {}

    /** Arguments: URL and prefix. Says its port and id when it runs. */
    public static void main(String[] args) throws Exception {
        try (IoService io = IoService.builder().threads(1).start();
                NatsCluster cluster = NatsCluster.connect(
                        NatsOptions.to(args[0]).prefix(args[1]).name("program"));
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(Framing.lines())
                        .outbound(Outbound.limit(16 * 1024 * 1024))
                        .cluster(cluster)
                        .onConnect(session -> session.send(WELCOME))
                        .onMessage((session, message) -> {
                            if (session.server().everywhere().broadcast(message) != SendResult.ACCEPTED) {
                                // Its senders do not wait for each other: a test that gets here asks for too much.
                                Runtime.getRuntime().halt(3);
                            }
                        })
                        .start()) {
            System.out.println("READY " + server.port() + " " + server.id());
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }
}
