package dev.tramway.server.internal.listener;

import dev.tramway.IoService;
import dev.tramway.Tls;
import dev.tramway.server.internal.config.ListenerConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Starts listeners for people: chats, echoes, relays, beacons, scripts. Used by any thread. */
public final class Listeners {
    private final IoService io;
    private final Optional<? extends Executor> handlers;
    private final Supplier<String> news;
    private final Map<String, ChatRoom> rooms = new ConcurrentHashMap<>();
    private volatile Elsewhere elsewhere = Elsewhere.NOWHERE;

    /**
     * What they work with.
     *
     * @param io event loops
     * @param handlers threads that handle messages; empty for the loops themselves
     * @param news what beacons tell
     */
    public Listeners(IoService io, Optional<? extends Executor> handlers, Supplier<String> news) {
        this.io = io;
        this.handlers = handlers;
        this.news = news;
    }

    /** Has chats talk with those of other servers; before the first listener starts. */
    public void join(Elsewhere others) {
        elsewhere = others;
    }

    /**
     * Starts one.
     *
     * @throws dev.tramway.TramwayException if a port cannot be used
     */
    public RunningListener start(ListenerConfig config, Optional<Tls> tls) {
        return switch (config.role()) {
            case CHAT ->
                new TcpListener(
                        config,
                        io,
                        tls,
                        handlers,
                        rooms.computeIfAbsent(config.target(), room -> new ChatRoom(room, elsewhere)));
            case ECHO ->
                config.transport() == ListenerConfig.Transport.UDP
                        ? new UdpListening(config, io, handlers, new UdpEcho())
                        : new TcpListener(config, io, tls, handlers, new TcpEcho());
            case RELAY -> new TcpListener(config, io, tls, Optional.empty(), new Relay(io, config));
            case BEACON -> MulticastBeacon.start(config, io, news);
            case SCRIPT -> ScriptListener.start(config, tls);
            case TELEMETRY -> throw new IllegalArgumentException("listener " + config.name() + ": not one for people");
        };
    }

    /**
     * Says something to everybody in all chats.
     *
     * @return false if there was no room for it just now
     */
    public boolean announce(String text) {
        return rooms.values().stream().allMatch(room -> room.announce("(admin) " + text + "\n"));
    }
}
