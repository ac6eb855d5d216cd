package dev.tramway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.CloseReason;
import dev.tramway.Framing;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A server that notes every message and sends it back, and one peer of it. Text stands for bytes, as in {@link FramingSample}. */
public final class Echo {
    private final TcpServer server;
    private final Peer peer;
    private final Session session;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> end = new CompletableFuture<>();

    /** With a framing for both directions. */
    public Echo(Net net, Framing framing) {
        this(net, options -> options.framing(framing));
    }

    /** With options of its own; listeners among them hear before the echo. */
    public Echo(Net net, Consumer<TcpServer.Builder> options) {
        server = net.server(builder -> {
            builder.outbound(Outbound.limit(64 << 20));
            options.accept(builder);
            builder.onMessage((from, message) -> {
                        heard.add(FramingSample.text(message));
                        from.send(message);
                    })
                    .onDisconnect((ended, reason) -> end.complete(reason));
        });
        peer = net.peer(server);
        Await.until("connected", () -> server.everyone().size() == 1);
        session = server.sessions().iterator().next();
    }

    /** The server. */
    public TcpServer server() {
        return server;
    }

    /** The peer. */
    public Peer peer() {
        return peer;
    }

    /** The server's end of the connection. */
    public Session session() {
        return session;
    }

    /** Sends bytes in one piece. */
    public Echo send(String bytes) {
        peer.send(FramingSample.bytes(bytes));
        return this;
    }

    /** Sends bytes, and waits until the server has read them. */
    public Echo sendAndAwait(String bytes) {
        long before = session.stats().bytesReceived();
        send(bytes);
        Await.until("read", () -> session.stats().bytesReceived() == before + bytes.length());
        return this;
    }

    /** Sends bytes in two pieces; the server has read the first before the second leaves. */
    public Echo sendInTwo(String bytes, int split) {
        return sendAndAwait(bytes.substring(0, split)).send(bytes.substring(split));
    }

    /** Waits for the echo of what was sent; then no other message may have been heard. */
    public void expect(List<String> messages, String echo) {
        assertThat(FramingSample.text(peer.receive(echo.length()))).isEqualTo(echo);
        assertThat(heard()).isEqualTo(messages);
    }

    /** Waits for the next message. */
    public String next() {
        return Await.next(heard);
    }

    /** The messages heard since the last call. */
    public List<String> heard() {
        List<String> messages = new ArrayList<>();
        heard.drainTo(messages);
        return messages;
    }

    /** Waits for the end of the session. */
    public CloseReason end() {
        return Await.get(end);
    }
}
