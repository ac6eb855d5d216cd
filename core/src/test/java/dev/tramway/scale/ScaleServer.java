package dev.tramway.scale;

import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.ServerStats;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.testing.NoLeaks;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The server process: echoes {@link Sequence numbered} messages on a plain port and, given a certificate, on a TLS port, and
 * checks them on the way. Arguments: number of loops, certificate, key.
 *
 * <p>Commands: {@code ports}; {@code pairs} to look at the order of events from then on; {@code figures}; {@code memory};
 * {@code stop}, after which no buffer may be in use.
 */
public final class ScaleServer {
    /** Thousands of TLS sessions are closed in order, on a machine that may be busy. */
    private static final long STOP_MINUTES = 2;

    private final IoService io;
    private final TcpServer server;
    private final EventPairs pairs = new EventPairs();

    /** Messages that were not the next of their session, or could not be sent back. */
    private final LongAdder faults = new LongAdder();

    private ScaleServer(int loops, @Nullable Tls tls) {
        io = IoService.builder().threads(loops).name("server").start();
        TcpServer.Builder builder = TcpServer.on(io)
                .address("127.0.0.1")
                .framing(Sequence.FRAMING)
                .handshakeTimeout(ScaleClients.CONNECT_TIMEOUT)
                .port(0)
                .onMessage(this::echo);
        if (tls != null) {
            builder.port(0, port -> port.tls(tls));
        }
        server = builder.start();
    }

    /** Serves until the input ends. */
    public static void main(String[] args) throws IOException {
        NoLeaks.reports(); // begins to listen for them
        Tls tls = args.length > 1 ? Tls.pem(Path.of(args[1]), Path.of(args[2])) : null;
        ScaleServer program = new ScaleServer(Integer.parseInt(args[0]), tls);
        Commands.serve(program::obey);
        program.io.close();
    }

    /** What a session is to send next; made with its first message, so that an idle session has none. */
    private static Sequence sequenceOf(Session session) {
        return session.attachment(Sequence.class).orElseGet(() -> {
            Sequence first = new Sequence();
            session.attach(Sequence.class, first);
            return first;
        });
    }

    private void echo(Session session, ByteBuffer message) {
        int start = message.position();
        boolean right = sequenceOf(session).isNext(message);
        if (!right || session.send(message.position(start)) != SendResult.ACCEPTED) {
            faults.increment();
        }
    }

    private Figures obey(String... words) throws Exception {
        return switch (words[0]) {
            case "ports" -> ports();
            case "pairs" -> {
                server.listen(pairs);
                yield pairs.figures();
            }
            case "figures" -> figures();
            case "memory" -> Machine.memory().and(figures());
            case "stop" -> stop();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private Figures ports() {
        Figures ports = Figures.of("plain", server.port());
        return server.addresses().size() == 1
                ? ports
                : ports.and("tls", server.addresses().get(1).getPort());
    }

    private Figures figures() {
        ServerStats stats = server.stats();
        return Machine.usage()
                .and(pairs.figures())
                .and("sessions", stats.sessions())
                .and("accepted", stats.accepted())
                .and("gone", stats.disconnected() + stats.handshakesFailed())
                .and("handshakesFailed", stats.handshakesFailed())
                .and("messages", stats.messagesReceived())
                .and("dropped", stats.messagesDropped())
                .and("faults", faults.sum());
    }

    private Figures stop() throws Exception {
        server.stop(Duration.ZERO).get(STOP_MINUTES, TimeUnit.MINUTES);
        io.stop().get(STOP_MINUTES, TimeUnit.MINUTES);
        // What is found lost now is reported when the next of its kind is made.
        System.gc();
        PooledByteBufAllocator.DEFAULT.directBuffer().release();
        return Machine.usage().and("leaks", NoLeaks.reports().size());
    }
}
