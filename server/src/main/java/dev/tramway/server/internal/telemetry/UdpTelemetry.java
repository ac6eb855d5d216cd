package dev.tramway.server.internal.telemetry;

import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.StopReport;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.script.ReadingScript;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A telemetry listener over UDP. Its callbacks come on event loops.
 *
 * <p>Addresses of datagrams are easily forged, so peers that no device was seen at have a small table of their own: a flood of
 * them does not push out those that brought devices.
 */
final class UdpTelemetry implements UdpListener, RunningListener {
    private static final Logger LOG = LoggerFactory.getLogger(UdpTelemetry.class);
    private static final int MOST_KNOWN = 65_536;
    private static final int MOST_STRANGERS = 4_096;

    private final TelemetryPort port;
    private final List<UdpEndpoint> endpoints = new ArrayList<>();

    /** By use, the oldest first; guarded by {@link #known}, as are the strangers. */
    private final Map<Peer, UdpLink> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Peer, UdpLink> strangers = new LinkedHashMap<>(16, 0.75f, true);

    /** A peer of one of the ports. */
    private record Peer(int port, InetSocketAddress from) {}

    UdpTelemetry(TelemetryPort port, IoService io) {
        this.port = port;
        ListenerConfig config = port.listener();
        for (int number : config.ports()) {
            endpoints.add(UdpEndpoint.on(io)
                    .bind(config.address(), number)
                    .outbound(Outbound.limit(config.limits().outbound()).whenFull(Outbound.WhenFull.DROP_NEWEST))
                    .listen(this)
                    .start());
        }
    }

    @Override
    public void onDatagram(UdpEndpoint endpoint, InetSocketAddress from, ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        Peer peer = new Peer(endpoint.port(), from);
        UdpLink link;
        synchronized (known) {
            link = known.get(peer);
            if (link == null || link.isClosed()) {
                link = stranger(endpoint, peer);
            }
        }
        if (!link.offer(bytes)) {
            port.counters().malformed.increment();
        }
    }

    private UdpLink stranger(UdpEndpoint endpoint, Peer peer) {
        UdpLink link = strangers.get(peer);
        if (link == null || link.isClosed()) {
            link = new UdpLink(endpoint, peer.from, port, port.service().moment());
            strangers.put(peer, link);
            shrink(strangers, MOST_STRANGERS);
        } else if (!link.devices().isEmpty()) {
            strangers.remove(peer);
            known.put(peer, link);
            port.links().put(link.id(), link);
            shrink(known, MOST_KNOWN);
        }
        return link;
    }

    private void shrink(Map<Peer, UdpLink> peers, int most) {
        while (peers.size() > most) {
            Peer oldest = peers.keySet().iterator().next();
            end(peers.remove(oldest), "too many peers");
        }
    }

    private void end(@org.jspecify.annotations.Nullable UdpLink link, String why) {
        if (link != null) {
            port.links().remove(link.id());
            link.close(why);
        }
    }

    /** Forgets peers that have been silent for too long. */
    void look(Moment now) {
        Duration idle = port.listener().limits().idle();
        synchronized (known) {
            for (Map<Peer, UdpLink> peers : List.of(known, strangers)) {
                peers.values().removeIf(link -> {
                    boolean over = link.isClosed()
                            || (!idle.isZero() && link.lastSeen().isLongerAgo(idle, now));
                    if (over) {
                        end(link, "idle for too long");
                    }
                    return over;
                });
            }
        }
    }

    @Override
    public void onError(UdpEndpoint endpoint, ErrorEvent error) {
        LOG.debug("{}: {}", port.name(), error);
    }

    // ---- listener ---------------------------------------------------------------------------------------------------

    @Override
    public ListenerConfig config() {
        return port.listener();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return endpoints.stream().map(UdpEndpoint::address).toList();
    }

    @Override
    public Traffic traffic() {
        int peers;
        synchronized (known) {
            peers = known.size() + strangers.size();
        }
        return endpoints.stream()
                .map(endpoint -> Traffic.of(endpoint.stats(), 0))
                .reduce(new Traffic(peers, 0, 0, 0, 0, 0, 0), Traffic::plus);
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        List<UdpLink> all;
        synchronized (known) {
            all = new ArrayList<>(known.values());
            all.addAll(strangers.values());
            known.clear();
            strangers.clear();
        }
        all.forEach(link -> end(link, "server stopped"));
        CompletableFuture<?>[] stops = endpoints.stream().map(UdpEndpoint::stop).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(stops)
                .thenApply(done -> new StopReport(0, 0, 0))
                .whenComplete((report, failure) -> port.script().ifPresent(ReadingScript::close));
    }
}
