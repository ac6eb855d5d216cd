package dev.tramway.server.internal.telemetry;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.TlsInfo;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.listener.Servers;
import dev.tramway.server.internal.script.ReadingScript;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A telemetry listener over TCP or TLS. Its callbacks come on the event loops of its sessions. */
final class TcpTelemetry implements ServerListener, RunningListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTelemetry.class);
    private static final int MOST_IN_COMPACT_RECORD = 255;
    private static final int MOST_IN_RECORD = 65_535;

    private final TelemetryPort port;
    private final TcpServer server;

    TcpTelemetry(TelemetryPort port, IoService io, Optional<Tls> tls) {
        this.port = port;
        server = Servers.of(port.listener(), io, tls)
                .framing(records(port.config().secure()))
                .listen(this)
                .start();
    }

    private static Framing records(Secure secure) {
        return switch (secure) {
            case NONE -> Framing.raw();
            case COMPACT_CCM -> Framing.lengthPrefixed(1, MOST_IN_COMPACT_RECORD);
            case GCM, CBC_HMAC -> Framing.lengthPrefixed(2, MOST_IN_RECORD);
        };
    }

    // ---- sessions ---------------------------------------------------------------------------------------------------

    @Override
    public void onConnect(Session session) {
        TcpLink link = new TcpLink(session, port, port.service().moment());
        session.attach(TcpLink.class, link);
        port.links().put(link.id(), link);
        Secure secure = port.config().secure();
        Framing framing = secure == Secure.NONE ? link.reader().framing() : records(secure);
        session.readFraming(FrameDeadline.over(framing, port.listener().limits().frame()));
        session.tls()
                .flatMap(TlsInfo::peerCertificate)
                .flatMap(certificate ->
                        commonName(certificate.getSubjectX500Principal().getName()))
                .flatMap(port.service().registry()::byCertificate)
                .ifPresent(device -> port.service().intake().provenBy(link, device));
    }

    private static Optional<String> commonName(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        session.attachment(TcpLink.class).ifPresent(link -> link.received(bytes));
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        session.attachment(TcpLink.class).ifPresent(link -> {
            port.links().remove(link.id());
            port.service().intake().ended(link, reason.detail());
        });
    }

    @Override
    public void onError(Session session, ErrorEvent error) {
        LOG.debug("{}: {}", port.name(), error);
    }

    @Override
    public void onError(TcpServer failed, ErrorEvent error) {
        LOG.warn("{}: {}", port.name(), error);
    }

    // ---- listener ---------------------------------------------------------------------------------------------------

    @Override
    public ListenerConfig config() {
        return port.listener();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    @Override
    public Traffic traffic() {
        return Traffic.of(server.stats());
    }

    /** Reads nothing more, waits until what was read is stored and acknowledged, and only then drains. */
    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        long begun = System.nanoTime();
        CompletableFuture<?>[] settled =
                port.links().values().stream().map(DeviceLink::settled).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(settled)
                .completeOnTimeout(null, drain.toMillis() / 2, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .thenCompose(done -> server.stop(left(drain, begun)))
                .whenComplete((report, failure) -> port.script().ifPresent(ReadingScript::close));
    }

    private static Duration left(Duration drain, long begun) {
        Duration left = drain.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
