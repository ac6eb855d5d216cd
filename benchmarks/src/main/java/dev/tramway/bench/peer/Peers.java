package dev.tramway.bench.peer;

import dev.tramway.Tls;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The Java libraries that take part, by name. */
public final class Peers {
    private static final Duration SPIN = Duration.ofMillis(1);

    private static final Map<String, Peer> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("tramway", TramwayPeer.standard()),
            Map.entry("tramway-nio", TramwayPeer.standard().on(Transport.NIO)),
            Map.entry("tramway-io_uring", TramwayPeer.standard().on(Transport.IO_URING)),
            Map.entry(
                    "tramway-adaptive",
                    TramwayPeer.standard().waiting(Waiting.adaptive(SPIN).force())),
            Map.entry("tramway-jdk-tls", TramwayPeer.standard().engine(Tls.Engine.JDK)),
            Map.entry("netty-epoll", NettyPeer.epoll()),
            Map.entry("netty-epoll-jdk-tls", NettyPeer.epoll().withJdkTls()),
            Map.entry("netty-nio", NettyPeer.nio()),
            Map.entry("netty-io_uring", NettyPeer.ioUring()),
            Map.entry("vertx", new VertxPeer()),
            Map.entry("smart-socket", new SmartSocketPeer()),
            Map.entry("jdk-nio", new SelectorPeer()),
            Map.entry("jdk-virtual", new VirtualThreadsPeer())));

    private Peers() {}

    /** Their names, sorted. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** Finds one. */
    public static Optional<Peer> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
