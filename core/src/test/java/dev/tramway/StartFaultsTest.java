package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.internal.tls.TestCertificates;
import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.LoggedEvents;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.PeerListener;
import dev.tramway.testing.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot start: the caller gets one exception that names the place, the cause and the remedy; nothing stays behind, and
 * all works once the cause is gone.
 */
@ExtendWith(NoLeaks.class)
class StartFaultsTest {
    /** Of a block that documents use: on no interface. */
    private static final String NOT_OURS = "198.51.100.7";

    // ---- servers ----------------------------------------------------------------------------------------------------

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aPortInUseIsToldAndTheSameServerStartsOnceItIsFree(Wire wire) throws Exception {
        try (Net net = new Net(wire);
                PeerListener other = new PeerListener(wire)) {
            TcpServer.Builder server =
                    TcpServer.on(net.io()).address(wire.host()).port(other.port());
            assertBusy(other.port(), server::start);
            assertBusy(other.port(), Await.failureOf(server.startAsync()));
            assertWorks(net);
            other.close();
            assertThat(net.closing(server.start()).port()).isEqualTo(other.port());
        }
    }

    @OverWires
    void ofSeveralPortsNoneStaysBoundIfOneIsInUse(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire);
                PeerListener other = new PeerListener(wire)) {
            int[] free = {freePort(), freePort()};
            for (int busyOne = 0; busyOne < 3; busyOne++) {
                TcpServer.Builder server = wire.server(net.io()).listen(log);
                int next = 0;
                for (int place = 0; place < 3; place++) {
                    server.port(place == busyOne ? other.port() : free[next++]);
                }
                assertBusy(other.port(), server::start);
                for (int port : free) {
                    new ServerSocket(port, 1, InetAddress.getAllByName(wire.host())[0]).close();
                }
            }
            assertThat(log.all()).as("events of a server that did not start").isEmpty();
            assertWorks(net);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aRestartThatFindsItsPortTakenFailsAndALaterOneGetsThePortBack(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onMessage(Session::send));
            int port = server.port();
            Await.get(server.stop(Duration.ZERO));
            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getAllByName(wire.host())[0])) {
                assertBusy(other.getLocalPort(), Await.failureOf(server.restart()));
                assertThat(server.isRunning()).isFalse();
                assertThat(server.port()).isEqualTo(port);
                assertThat(server).hasToString("server on " + server.addresses());
                assertBusy(other.getLocalPort(), Await.failureOf(server.restart()));
            }
            Await.get(server.restart());
            assertThat(server.port()).isEqualTo(port);
            assertThat(net.peer(server).send("back").receiveText(4)).isEqualTo("back");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anAddressThatIsNotOursOrNotKnownIsTold(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            assertThatThrownBy(() ->
                            TcpServer.on(net.io()).address(NOT_OURS).port(0).start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("cannot listen on " + NOT_OURS + ":0")
                    .hasMessageContaining("give one that it has")
                    .rootCause()
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> TcpServer.on(net.io())
                            .address("no-such-host.invalid")
                            .port(0)
                            .start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("no-such-host.invalid")
                    .hasMessageContaining("the name is not known")
                    .hasMessageContaining("give an address of this machine");
            assertWorks(net);
        }
    }

    // ---- clients ----------------------------------------------------------------------------------------------------

    @OverWires(value = OverWires.Kind.BOTH, ipv6 = true)
    void aClosedPortIsToldAndTheSameClientConnectsOnceAServerIsThere(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            int port = freePort();
            BlockingQueue<ErrorEvent> told = new LinkedBlockingQueue<>();
            TcpClient client =
                    net.unconnected(port, options -> options.onConnectFailed((failed, error) -> told.add(error)));
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(client::connect)
                        .isInstanceOf(ConnectFailedException.class)
                        .hasMessageMatching("cannot connect to \\Q" + wire.host() + ":" + port + "\\E: (\\S+: )?"
                                + "Connection refused \\(nothing listens there: .*\\)")
                        .rootCause()
                        .isInstanceOf(IOException.class);
                ErrorEvent error = Await.next(told);
                assertThat(error.category()).isEqualTo(ErrorEvent.Category.SYSTEM);
                assertThat(error.code()).isEqualTo("ECONNREFUSED");
            }
            assertThat(client.isConnected()).isFalse();
            TcpServer server = net.closing(
                    wire.server(net.io()).port(port).onMessage(Session::send).start());
            client.connect();
            assertThat(client.send("hello")).isEqualTo(SendResult.ACCEPTED);
            Await.until("echo", () -> client.stats().bytesReceived() == 5);
            assertThat(server.stats().accepted()).isEqualTo(1);
            assertThat(told).isEmpty();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anAddressToConnectFromThatIsNotOursIsTold(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            assertThatThrownBy(() -> net.client(server, options -> options.from(NOT_OURS, 0)))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("cannot connect to " + wire.host() + ":" + server.port())
                    .hasMessageContaining("check from(...)");
            net.client(server, options -> {});
        }
    }

    @Test
    void aNameThatIsNotKnownIsTroubleOfTheResolver() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            CompletableFuture<ErrorEvent> told = new CompletableFuture<>();
            TcpClient client = net.closing(TcpClient.on(net.io())
                    .to("no-such-host.invalid", 1)
                    .onConnectFailed((failed, error) -> told.complete(error))
                    .build());
            assertThatThrownBy(client::connect)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("check its spelling");
            assertThat(Await.get(told).category()).isEqualTo(ErrorEvent.Category.RESOLVER);
            assertThat(Await.get(told).code()).isEqualTo("UNKNOWN_HOST");
        }
    }

    // ---- UDP --------------------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void anEndpointWhosePortWasTakenMeanwhileGetsItBackLater(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint endpoint =
                    net.closing(UdpEndpoint.on(net.io()).bind(wire.host(), 0).start());
            int port = endpoint.port();
            Await.get(endpoint.stop());
            try (UdpEndpoint other =
                    UdpEndpoint.on(net.io()).bind(wire.host(), port).start()) {
                assertBusy(other.port(), Await.failureOf(endpoint.restart()));
                assertThat(endpoint.isRunning()).isFalse();
                assertThat(endpoint.port()).isEqualTo(port);
                assertBusy(other.port(), Await.failureOf(endpoint.restart()));
            }
            Await.get(endpoint.restart());
            assertThat(endpoint.port()).isEqualTo(port);
        }
    }

    // ---- a service that has stopped ---------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void nothingStartsOnAServiceThatHasStopped(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            TcpClient client = net.unconnected(server.port(), options -> {});
            UdpEndpoint endpoint =
                    net.closing(UdpEndpoint.on(net.io()).bind(wire.host(), 0).start());
            Await.get(net.io().stop());
            assertStopped(Await.failureOf(wire.server(net.io()).startAsync()));
            assertStopped(Await.failureOf(server.restart()));
            assertStopped(Await.failureOf(client.connectAsync()));
            assertStopped(Await.failureOf(endpoint.restart()));
            assertStopped(Await.failureOf(UdpEndpoint.on(net.io()).bind(0).startAsync()));
            assertThatThrownBy(wire.server(net.io())::start).satisfies(StartFaultsTest::assertStopped);
        }
    }

    private static void assertStopped(Throwable failure) {
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("the I/O service has stopped");
    }

    @OverWires(OverWires.Kind.PLAIN)
    void startsThatMeetTheStopOfTheirServiceEnd(Wire wire) throws Exception {
        for (int round = 0; round < 30; round++) {
            IoService io = wire.service().start();
            int target = round % 2 == 0 ? 9 : freePort();
            CompletableFuture<TcpServer> server = TcpServer.on(io)
                    .address(wire.host())
                    .ports(0, 0, 0, 0, 0, 0, 0, 0)
                    .startAsync();
            CompletableFuture<?> client =
                    TcpClient.on(io).to(wire.host(), target).connectAsync();
            CompletableFuture<?> endpoint =
                    UdpEndpoint.on(io).bind(wire.host(), 0).sockets(4).startAsync();
            CompletableFuture<Void> stopped = io.stop();
            CompletableFuture<?> late = TcpClient.on(io).to(wire.host(), target).connectAsync();
            Await.get(stopped);
            Await.until("end of the server's start", server::isDone);
            Await.until("end of the connecting", () -> client.isDone() && late.isDone());
            Await.until("end of the endpoint's start", endpoint::isDone);
        }
    }

    // ---- certificates -----------------------------------------------------------------------------------------------

    @Test
    void certificateFilesThatCannotBeUsedAreToldBeforeAnythingIsBound(@TempDir Path dir) throws Exception {
        Credentials one = Certificates.server("localhost").make();
        Path chain = dir.resolve("server.crt");
        Path key = dir.resolve("server.key");
        Path locked = dir.resolve("locked.key");
        Path store = dir.resolve("server.p12");
        Path junk = Files.writeString(dir.resolve("junk.pem"), "junk");
        Path empty = Files.createFile(dir.resolve("empty.pem"));
        Path otherKey = dir.resolve("other.key");
        one.writePem(chain, key, "");
        one.writeKey(locked, "secret");
        one.writePkcs12(store, "secret");
        Certificates.server("localhost").make().writeKey(otherKey, "");

        Path missing = dir.resolve("missing.crt");
        assertTls(missing, "check the path", () -> Tls.pem(missing, key));
        assertTls(missing, "check the path", () -> Tls.client().trust(missing));
        assertTls(missing, "check the path", () -> Tls.pkcs12(missing, "secret"));
        assertTls(junk, "BEGIN", () -> Tls.pem(junk, key));
        assertTls(empty, "it is empty", () -> Tls.pem(empty, key));
        assertTls(junk, "not PKCS#12", () -> Tls.pkcs12(junk, "secret"));
        assertTls(otherKey, "give the key that the certificate was requested with", () -> Tls.pem(chain, otherKey));
        assertTls(locked, "give its password", () -> Tls.pem(chain, locked));
        assertTls(locked, "check the password", () -> Tls.pem(chain, locked, "wrong"));
        assertTls(store, "check the password", () -> Tls.pkcs12(store, "wrong"));
        assertTls(store, "check the password", () -> Tls.client().trust(store, "wrong"));
        assertTls(dir, "", () -> Tls.pem(dir, key));
    }

    private static void assertTls(Path file, String remedy, Runnable made) {
        assertThatThrownBy(made::run)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(remedy);
    }

    @OverWires(OverWires.Kind.TLS)
    void anExpiredCertificateIsWarnedOfAndRefusedByClients(Wire wire) throws Exception {
        Credentials ca = Certificates.authority("test").make();
        try (LoggedEvents logged = new LoggedEvents()) {
            assertRefused(
                    wire,
                    Tls.of(TestCertificates.expired(ca, "localhost")),
                    Tls.client().trust(ca.certificate()),
                    "not valid now: renew it");
            assertThat(logged.lines()).singleElement().asString().contains("WARN", "CN=localhost", "renew it");
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void wrongHostAndUntrustedCertificatesAreRefusedByClients(Wire wire) throws Exception {
        Credentials ca = Certificates.authority("test").make();
        Credentials other = Certificates.server("other.test").signedBy(ca).make();
        try (LoggedEvents logged = new LoggedEvents()) {
            assertRefused(wire, Tls.of(other), Tls.client().trust(ca.certificate()), "made for another host");
            assertRefused(wire, Tls.of(other), Tls.client(), "not trusted: add its CA");
            assertRefused(wire, Tls.of(other), Wire.clientTls(), "not trusted: add its CA");
            assertThat(logged.lines()).isEmpty();
        }
    }

    /** A client does not connect and says why, once; the server counts a failed handshake, tells it once and goes on. */
    private static void assertRefused(Wire wire, Tls serverTls, Tls clientTls, String why) throws Exception {
        EventLog log = EventLog.quiet();
        BlockingQueue<ErrorEvent> told = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.tls(serverTls).listen(log));
            TcpClient client = net.unconnected(
                    server.port(),
                    options -> options.to("localhost", server.port())
                            .tls(clientTls)
                            .onConnectFailed((failed, error) -> told.add(error)));
            assertThatThrownBy(client::connect)
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("cannot connect to localhost:" + server.port())
                    .hasMessageContaining(why);
            assertThat(Await.next(told).category()).isEqualTo(ErrorEvent.Category.TLS);
            Await.until("counted", () -> server.stats().handshakesFailed() == 1);
            assertThat(server.stats().sessions()).isZero();
            assertThat(server.stats().disconnected()).isZero();
            assertThat(log.all()).hasSize(2).startsWith("started");
            assertThat(log.all().get(1)).startsWith("handshake failed ");
            assertThat(told).isEmpty();
        }
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    private static void assertBusy(int port, Runnable start) {
        assertThatThrownBy(start::run).satisfies(failure -> assertBusy(port, failure));
    }

    private static void assertBusy(int port, Throwable failure) {
        AbstractThrowableAssert<?, ?> told = assertThat(failure);
        told.isInstanceOf(BindFailedException.class)
                .hasMessageMatching(
                        "cannot listen on \\S+:" + port + ": Address already in use \\(.*choose another port\\)")
                .rootCause()
                .isInstanceOf(IOException.class);
    }

    private static void assertWorks(Net net) {
        TcpServer server = net.server(options -> options.onMessage(Session::send));
        assertThat(net.peer(server).send("goes on").receiveText(7)).isEqualTo("goes on");
    }

    /** Free a moment ago, and not given to others by the system while it has more. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
