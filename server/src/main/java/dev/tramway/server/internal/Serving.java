package dev.tramway.server.internal;

import dev.tramway.IoService;
import dev.tramway.KeepAlive;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.UdpEndpoint;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Everything that {@code tramway serve} runs, on one I/O service. Either all of it starts, or nothing. For any thread but
 * an event loop.
 */
public final class Serving implements AutoCloseable {
    static final int BACKLOG = 4096;
    static final KeepAlive KEEP_ALIVE = KeepAlive.DEFAULT;
    static final Outbound OUTBOUND = Outbound.DEFAULT;

    private final ServeSettings settings;
    private final IoService io;
    private final Optional<ExecutorService> handlers;
    private final Optional<ServerTls> tls;
    private Optional<TcpServer> chat = Optional.empty();
    private Optional<UdpEndpoint> echo = Optional.empty();
    private Optional<MulticastBeacon> beacon = Optional.empty();

    private Serving(ServeSettings settings, Optional<ServerTls> tls, IoService io) {
        this.settings = settings;
        this.tls = tls;
        this.io = io;
        int threads = settings.loops().handlers();
        handlers = threads == 0 ? Optional.empty() : Optional.of(Executors.newFixedThreadPool(threads));
    }

    /**
     * Starts all.
     *
     * @throws dev.tramway.TramwayException if a port or a certificate cannot be used
     * @throws IllegalStateException if the transport asked for is not available
     */
    public static Serving start(ServeSettings settings) {
        Optional<ServerTls> tls =
                settings.tls().isPresent() ? Optional.of(ServerTls.of(settings.certificate())) : Optional.empty();
        Serving serving = new Serving(settings, tls, startLoops(settings.loops()));
        try {
            serving.startListeners();
        } catch (RuntimeException failure) {
            serving.close();
            throw failure;
        }
        return serving;
    }

    private void startListeners() {
        if (settings.chats()) {
            chat = Optional.of(startChat());
        }
        if (settings.udp().isPresent()) {
            echo = Optional.of(startEcho(settings.udp().getAsInt()));
        }
        beacon = settings.beacon().map(wanted -> MulticastBeacon.start(io, wanted, this::news));
    }

    private static IoService startLoops(LoopSettings loops) {
        IoService.Builder builder =
                IoService.builder().transport(loops.transport()).waiting(loops.waiting());
        if (loops.threads() > 0) {
            builder.threads(loops.threads());
        }
        return builder.start();
    }

    /** One server with both ports, so that both are one room. */
    private TcpServer startChat() {
        TcpServer.Builder builder = TcpServer.on(io)
                .address(settings.listen())
                .backlog(BACKLOG)
                .keepAlive(KEEP_ALIVE)
                .outbound(OUTBOUND)
                .listen(new ChatRoom());
        handlers.ifPresent(builder::handlers);
        settings.tcp().ifPresent(builder::port);
        settings.tls()
                .ifPresent(port -> builder.port(
                        port, options -> options.tls(tls.orElseThrow().tls())));
        return builder.start();
    }

    private UdpEndpoint startEcho(int port) {
        UdpEndpoint.Builder builder =
                UdpEndpoint.on(io).bind(settings.listen(), port).listen(new UdpEcho());
        handlers.ifPresent(builder::handlers);
        return builder.start();
    }

    /** What the beacon tells: how many are in the chat, and what has passed so far. */
    private String news() {
        String talk = chat.map(TcpServer::stats)
                .map(now -> "sessions=" + now.sessions() + " messages=" + now.messagesReceived() + " ")
                .orElse("");
        return talk
                + echo.map(now -> "datagrams=" + now.stats().datagramsReceived())
                        .orElse("");
    }

    ServeSettings settings() {
        return settings;
    }

    IoService io() {
        return io;
    }

    Optional<ServerTls> tls() {
        return tls;
    }

    /** The chat; its addresses are that of the plain port, then that of the encrypted one, as far as there are both. */
    Optional<TcpServer> chat() {
        return chat;
    }

    Optional<UdpEndpoint> echo() {
        return echo;
    }

    Optional<MulticastBeacon> beacon() {
        return beacon;
    }

    /**
     * Says something to everybody in the chat.
     *
     * @return false if there was no room for it just now
     */
    public boolean announce(String text) {
        return chat.isEmpty() || chat.get().broadcast("(admin) " + text + "\n") != SendResult.FULL;
    }

    /**
     * Stops in order: nobody new is let in, everybody gets what is still owed to him, then all is closed.
     *
     * @param drain how long that may take
     * @return what became of the chat's clients
     */
    public StopReport stop(Duration drain) {
        StopReport report = chat.map(server -> server.stop(drain).join()).orElse(new StopReport(0, 0, 0));
        close();
        return report;
    }

    /** Ends all at once. */
    @Override
    public void close() {
        io.close();
        handlers.ifPresent(ExecutorService::shutdown);
    }
}
