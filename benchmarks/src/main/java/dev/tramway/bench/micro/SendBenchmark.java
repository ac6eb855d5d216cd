package dev.tramway.bench.micro;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sends and broadcasts over loopback until all has arrived: the cost of one message of 32 bytes to one receiver. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SendBenchmark {
    private static final int MESSAGES = 10_000;
    private static final int RECEIVERS = 10;
    private static final Outbound ROOM = Outbound.limit(1L << 30);

    /** Who sends: the session's loop itself, or another thread. */
    @Param({"loop", "foreign"})
    public String thread = "";

    private final ByteBuffer message = ByteBuffer.allocateDirect(32);
    private final AtomicLong received = new AtomicLong();
    private final IoService io = IoService.builder().threads(1).start();
    private final Framing frames = Framing.lengthPrefixed(4, 1 << 16);
    private final TcpServer server = TcpServer.on(io)
            .address("127.0.0.1")
            .port(0)
            .framing(frames)
            .outbound(ROOM)
            .start();

    /** Connects the receivers. */
    @Setup
    public void connect() {
        for (int i = 0; i < RECEIVERS; i++) {
            TcpClient.on(io)
                    .to("127.0.0.1", server.port())
                    .framing(frames)
                    .onMessage((session, data) -> received.lazySet(received.getPlain() + 1))
                    .connect();
        }
        while (server.sessions().size() < RECEIVERS) {
            LockSupport.parkNanos(1_000);
        }
    }

    /** Stops all. */
    @TearDown
    public void stop() {
        server.close();
        io.close();
    }

    /** To one session. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void send() {
        var session = server.sessions().iterator().next();
        long goal = received.get() + MESSAGES;
        repeat(() -> session.send(message));
        await(goal);
    }

    /** To ten; the cost of one delivery. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES * RECEIVERS)
    public void broadcast() {
        long goal = received.get() + (long) MESSAGES * RECEIVERS;
        repeat(() -> server.broadcast(message));
        await(goal);
    }

    /** What can say that there is no room. */
    @FunctionalInterface
    private interface Sending {
        SendResult send();
    }

    private void repeat(Sending sending) {
        if (thread.equals("loop")) {
            io.post(() -> all(sending));
        } else {
            all(sending);
        }
    }

    private static void all(Sending sending) {
        for (int i = 0; i < MESSAGES; i++) {
            while (sending.send() == SendResult.FULL) {
                LockSupport.parkNanos(1_000);
            }
        }
    }

    private void await(long goal) {
        while (received.get() < goal) {
            Thread.onSpinWait();
        }
    }
}
