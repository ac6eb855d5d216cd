package dev.tramway.cluster.testing;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import dev.tramway.cluster.ClusterStats;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A node that repeats to all sessions everywhere what any of its own says, with clients of its own if that is wanted. It does what its input says, and
 * ends when that does.
 */
public final class NodeProgram {
    /** What each client is told first: from then on it gets what is broadcast. */
    static final String WELCOME = "welcome";

    private final NatsCluster cluster;
    private final int port;
    private final Crowd crowd;

    private NodeProgram(NatsCluster cluster, int port, Crowd crowd) {
        this.cluster = cluster;
        this.port = port;
        this.crowd = crowd;
    }

    /** Arguments: URL, prefix, and how many senders there are. Says its port and id when it runs. */
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
                        .start();
                Crowd crowd = new Crowd(Integer.parseInt(args[2]))) {
            System.out.println("READY " + server.port() + " " + server.id());
            new NodeProgram(cluster, server.port(), crowd).obey();
        }
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            System.out.println("DONE " + answer(command.split(" ")));
        }
    }

    private Object answer(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "join" -> {
                crowd.join(port, Integer.parseInt(words[1]));
                yield "";
            }
            case "talk" -> {
                crowd.talk(port, Integer.parseInt(words[1]));
                yield "";
            }
            case "said" -> crowd.said(Integer.parseInt(words[1]));
            case "hush" -> crowd.hush(Integer.parseInt(words[1]));
            case "heard" -> crowd.heard();
            case "others" -> cluster.nodes().size();
            case "health" -> cluster.health();
            case "losses" -> losses(cluster.stats());
            case "gaps" -> crowd.gaps();
            case "violations" -> crowd.violations();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Dropped, missed and refused. */
    private static List<Long> losses(ClusterStats stats) {
        return List.of(stats.dropped(), stats.missed(), stats.refusedHere());
    }
}
