package dev.tramway.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.Tls;
import dev.tramway.TlsException;
import dev.tramway.internal.tls.TlsFailure.Kind;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.ssl.OpenSsl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("FutureReturnValueIgnored")
class TlsHandshakeTest {
    private static final Credentials CA = Certificates.authority("Test CA").make();
    private static final Credentials OTHER_CA =
            Certificates.authority("Other CA").make();
    private static final Credentials SERVER =
            Certificates.server("server.test", "127.0.0.1").signedBy(CA).make();
    private static final Credentials CLIENT =
            Certificates.client("device-17").signedBy(CA).make();
    private static final Credentials EXPIRED = TestCertificates.expired(CA, "server.test");

    record Engines(Tls.Engine client, Tls.Engine server) {}

    private static List<Engines> pairs() {
        List<Tls.Engine> all =
                OpenSsl.isAvailable() ? List.of(Tls.Engine.JDK, Tls.Engine.BORINGSSL) : List.of(Tls.Engine.JDK);
        return all.stream()
                .flatMap(client -> all.stream().map(server -> new Engines(client, server)))
                .toList();
    }

    /** Client engine, server engine. */
    static Stream<Arguments> engines() {
        return pairs().stream().map(pair -> Arguments.of(pair.client, pair.server));
    }

    private static void assertFailed(TlsPair.Side side, Kind... kinds) {
        assertThat(side.failure().kind()).as(side.failure().text()).isIn((Object[]) kinds);
    }

    private static Tls trusting(X509Certificate ca) {
        return Tls.client().trust(ca);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void goodCertificateIsAccepted(Tls.Engine client, Tls.Engine server) {
        try (var pair = TlsPair.connect(
                trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "server.test")) {
            assertThat(pair.connected()).isTrue();
            pair.client.send("question");
            pair.pump();
            pair.server.send("answer");
            pair.pump();

            assertThat(pair.server.received).hasToString("question");
            assertThat(pair.client.received).hasToString("answer");
            assertThat(pair.client.info().protocol()).isEqualTo("TLSv1.3");
            assertThat(pair.client.info().engine()).isEqualTo(client);
            assertThat(pair.client.info().peerCertificate()).contains(SERVER.certificate());
            assertThat(pair.server.info().engine()).isEqualTo(server);
            assertThat(pair.server.info().serverName()).contains("server.test");
            assertThat(pair.server.info().peerCertificates()).isEmpty();
        }
    }

    /** Every way of configuring trust. */
    static Stream<Arguments> waysToTrust() {
        Credentials self = Certificates.server("server.test").make();
        return pairs().stream()
                .flatMap(engines -> Stream.of(
                        Arguments.of("CA", trusting(CA.certificate()), SERVER, engines),
                        Arguments.of("itself", trusting(self.certificate()), self, engines),
                        Arguments.of("pin", Tls.client().pin(self.certificate()), self, engines),
                        Arguments.of(
                                "CA and pin", trusting(CA.certificate()).pin(SERVER.certificate()), SERVER, engines),
                        Arguments.of(
                                "CA and pinned CA", trusting(CA.certificate()).pin(CA.certificate()), SERVER, engines),
                        Arguments.of("system and CA", trusting(CA.certificate()).trustSystem(), SERVER, engines)));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("waysToTrust")
    void wrongHostIsRefusedWhateverTheTrust(String way, Tls client, Credentials credentials, Engines engines) {
        Tls theClient = client.engine(engines.client);
        Tls theServer = Tls.of(credentials).engine(engines.server);
        try (var right = TlsPair.connect(theClient, theServer, "server.test")) {
            assertThat(right.connected()).as(way).isTrue();
        }
        try (var wrong = TlsPair.connect(theClient, theServer, "other.test")) {
            assertThat(wrong.client.handshake().isSuccess()).isFalse();
            assertFailed(wrong.client, Kind.WRONG_HOST);
        }
        try (var address = TlsPair.connect(theClient, theServer, "127.0.0.2")) {
            assertFailed(address.client, Kind.WRONG_HOST);
        }
        try (var unchecked = TlsPair.connect(theClient.hostNameCheck(false), theServer, "other.test")) {
            assertThat(unchecked.connected()).isTrue();
        }
        try (var named = TlsPair.connect(theClient.serverName("server.test"), theServer, "other.test")) {
            assertThat(named.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void certificateMayNameAnAddress(Tls.Engine client, Tls.Engine server) {
        try (var pair = TlsPair.connect(
                trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "127.0.0.1")) {
            assertThat(pair.connected()).isTrue();
            assertThat(pair.server.info().serverName()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void untrustedExpiredAndUnpinnedAreRefused(Tls.Engine client, Tls.Engine server) {
        assertRefused(
                trusting(OTHER_CA.certificate()).engine(client),
                Tls.of(SERVER).engine(server),
                Kind.CERTIFICATE_UNKNOWN);
        assertRefused(Tls.client().engine(client), Tls.of(SERVER).engine(server), Kind.CERTIFICATE_UNKNOWN);
        assertRefused(
                trusting(CA.certificate()).engine(client), Tls.of(EXPIRED).engine(server), Kind.CERTIFICATE_EXPIRED);
        assertRefused(
                trusting(EXPIRED.certificate()).engine(client),
                Tls.of(EXPIRED).engine(server),
                Kind.CERTIFICATE_EXPIRED);
        assertRefused(
                Tls.client().pin(EXPIRED.certificate()).engine(client),
                Tls.of(EXPIRED).engine(server),
                Kind.CERTIFICATE_EXPIRED);
        assertRefused(
                Tls.client().pin(OTHER_CA.certificate()).engine(client),
                Tls.of(SERVER).engine(server),
                Kind.PIN_MISMATCH);
        assertRefused(
                trusting(CA.certificate()).pin(OTHER_CA.certificate()).engine(client),
                Tls.of(SERVER).engine(server),
                Kind.PIN_MISMATCH);
        assertRefused(trusting(CA.certificate()).engine(client), Tls.of(CLIENT).engine(server), Kind.CERTIFICATE_BAD);
        assertRefused(
                trusting(CA.certificate()).engine(client),
                Tls.of(TestCertificates.weak(CA, "server.test")).engine(server),
                Kind.CERTIFICATE_WEAK);
    }

    private static void assertRefused(Tls client, Tls server, Kind kind) {
        try (var pair = TlsPair.connect(client, server, "server.test")) {
            assertThat(pair.client.handshake().isSuccess()).isFalse();
            assertFailed(pair.client, kind);
            assertFailed(pair.server, Kind.REFUSED_BY_PEER, Kind.PEER_CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void insecureClientTakesAnything(Tls.Engine client, Tls.Engine server) {
        Tls insecure = Tls.client().insecureTrustEverything().engine(client);
        try (var pair = TlsPair.connect(insecure, Tls.of(EXPIRED).engine(server), "wrong.test")) {
            assertThat(pair.connected()).isTrue();
        }
        assertThat(insecure.describe()).contains("INSECURE");
        TlsSettings contradiction = TlsSettings.of(insecure.pin(CA.certificate()));
        assertThatThrownBy(contradiction::prepareClient)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("pin");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void clientCertificateIsRequiredOrRequested(Tls.Engine client, Tls.Engine server) {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            Tls without = trusting(CA.certificate()).engine(client).protocols(protocol);
            Tls with = without.certificate(CLIENT);
            Tls foreign = without.certificate(
                    Certificates.client("stranger").signedBy(OTHER_CA).make());
            Tls base = Tls.of(SERVER).trust(CA.certificate()).engine(server);

            try (var pair = TlsPair.connect(with, base.requireClientCertificate(), "server.test")) {
                assertThat(pair.connected()).isTrue();
                assertThat(pair.server.info().peerCertificate()).contains(CLIENT.certificate());
            }
            try (var pair = TlsPair.connect(with, base.requestClientCertificate(), "server.test")) {
                assertThat(pair.server.info().peerCertificate()).contains(CLIENT.certificate());
            }
            try (var pair = TlsPair.connect(without, base.requestClientCertificate(), "server.test")) {
                assertThat(pair.connected()).isTrue();
                assertThat(pair.server.info().peerCertificates()).isEmpty();
            }
            assertClientRefused(without, base.requireClientCertificate(), Kind.CLIENT_CERTIFICATE_MISSING);
            assertClientRefused(foreign, base.requireClientCertificate(), Kind.CERTIFICATE_UNKNOWN);
            assertClientRefused(foreign, base.requestClientCertificate(), Kind.CERTIFICATE_UNKNOWN);
            assertClientRefused(
                    without.certificate(TestCertificates.expired(CA, "x.test")),
                    base.requireClientCertificate(),
                    Kind.CERTIFICATE_EXPIRED);
            assertClientRefused(without.certificate(SERVER), base.requireClientCertificate(), Kind.CERTIFICATE_BAD);
        }
    }

    private static void assertClientRefused(Tls client, Tls server, Kind kind) {
        try (var pair = TlsPair.connect(client, server, "server.test")) {
            assertThat(pair.server.handshake().isSuccess()).isFalse();
            assertFailed(pair.server, kind);
            assertFailed(pair.client, Kind.REFUSED_BY_PEER, Kind.CLIENT_CERTIFICATE_MISSING, Kind.NO_COMMON_CIPHER);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void certificateFollowsTheServerName(Tls.Engine client, Tls.Engine server) {
        Credentials chat = Certificates.server("chat.test").signedBy(CA).make();
        Credentials wild = Certificates.server("*.wild.test").signedBy(CA).make();
        Tls many = Tls.of(SERVER)
                .sni("chat.test", Tls.of(chat))
                .sni("*.wild.test", Tls.of(wild))
                .engine(server);
        Tls any = trusting(CA.certificate()).hostNameCheck(false).engine(client);

        assertServed(any, many, "CHAT.test", chat);
        assertServed(any, many, "a.wild.test", wild);
        assertServed(any, many, "a.b.wild.test", SERVER);
        assertServed(any, many, "unknown.test", SERVER);
        assertServed(any, many, "127.0.0.1", SERVER);
        assertServed(any, many, "localhost", SERVER);
    }

    private static void assertServed(Tls client, Tls server, String host, Credentials expected) {
        try (var pair = TlsPair.connect(client, server, host)) {
            assertThat(pair.client.info().peerCertificate()).as(host).contains(expected.certificate());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void protocolsWithoutOverlapAreNamed(Tls.Engine client, Tls.Engine server) {
        Tls only12 = trusting(CA.certificate()).engine(client).protocols("TLSv1.2");
        Tls only13 = Tls.of(SERVER).engine(server).protocols("TLSv1.3");
        try (var pair = TlsPair.connect(only12, only13, "server.test")) {
            assertFailed(pair.server, Kind.NO_COMMON_PROTOCOL);
            assertFailed(pair.client, Kind.NO_COMMON_PROTOCOL);
        }
        try (var pair = TlsPair.connect(only12, Tls.of(SERVER).engine(server), "server.test")) {
            assertThat(pair.client.info().protocol()).isEqualTo("TLSv1.2");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ciphersWithoutOverlapAreNamed(Tls.Engine client, Tls.Engine server) {
        Tls one = trusting(CA.certificate())
                .engine(client)
                .protocols("TLSv1.2")
                .ciphers("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        Tls other =
                Tls.of(SERVER).engine(server).protocols("TLSv1.2").ciphers("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (var pair = TlsPair.connect(one, other, "server.test")) {
            assertFailed(pair.server, Kind.NO_COMMON_CIPHER);
            assertFailed(pair.client, Kind.NO_COMMON_CIPHER);
        }
        try (var pair = TlsPair.connect(one, other.ciphers("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), "server.test")) {
            assertThat(pair.client.info().cipher()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void groupsCanBeChosen(Tls.Engine client, Tls.Engine server) {
        Tls one = trusting(CA.certificate()).engine(client).groups("secp384r1");
        try (var pair =
                TlsPair.connect(one, Tls.of(SERVER).engine(server).groups("x25519", "secp384r1"), "server.test")) {
            assertThat(pair.connected()).isTrue();
        }
        try (var pair = TlsPair.connect(one, Tls.of(SERVER).engine(server).groups("x25519"), "server.test")) {
            assertFailed(pair.server, Kind.NO_COMMON_CIPHER);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void reloadChangesNewHandshakesOnly(Tls.Engine client, Tls.Engine server, @TempDir Path dir) throws Exception {
        Path chain = dir.resolve("chain.pem");
        Path key = dir.resolve("key.pem");
        SERVER.writePem(chain, key, "");
        Tls tls = Tls.pem(chain, key).engine(server);
        Tls theClient = trusting(CA.certificate()).engine(client);
        Credentials next = Certificates.server("server.test").signedBy(CA).make();
        try (var before = TlsPair.connect(theClient, tls, "server.test")) {
            next.writePem(chain, key, "");
            tls.reload();
            assertServed(theClient, tls, "server.test", next);

            before.client.send("still here");
            before.pump();
            assertThat(before.server.received).hasToString("still here");
        }
        Files.writeString(key, "broken");
        assertThatThrownBy(tls::reload).isInstanceOf(TlsException.class).hasMessageContaining("key.pem");
        assertServed(theClient, tls, "server.test", next);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void selfSignedReloadKeepsTheKey(Tls.Engine client, Tls.Engine server) {
        Tls tls = Tls.selfSigned("localhost").engine(server);
        X509Certificate first = served(tls, client);
        tls.reload();
        X509Certificate second = served(tls, client);

        assertThat(second).isNotEqualTo(first);
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
    }

    private static X509Certificate served(Tls server, Tls.Engine client) {
        Tls insecure = Tls.client().insecureTrustEverything().engine(client);
        try (var pair = TlsPair.connect(insecure, server, "localhost")) {
            return pair.client.info().peerCertificate().orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sessionsAreResumed(Tls.Engine client, Tls.Engine server) {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            Tls theClient = trusting(CA.certificate()).engine(client).protocols(protocol);
            Tls theServer = Tls.of(SERVER).engine(server);

            long full = bytesFromServer(theClient, theServer);
            long resumed = bytesFromServer(theClient, theServer);
            assertThat(resumed).as("%s without a certificate", protocol).isLessThan(full - 300);
        }
    }

    private static long bytesFromServer(Tls client, Tls server) {
        try (var pair = TlsPair.connect(client, server, "server.test")) {
            assertThat(pair.connected()).isTrue();
            long handshake = pair.bytesFromServer;
            // BoringSSL sends its tickets with the first data.
            pair.server.send("ticket");
            pair.pump();
            return handshake;
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anyCutIntoPiecesWorks(Tls.Engine client, Tls.Engine server) {
        for (int piece : new int[] {1, 2, 3, 7, 100, 1_000}) {
            try (var pair = TlsPair.connect(
                    trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "server.test")) {
                String text = "0123456789".repeat(Math.min(4_000, 40 * piece));
                pair.client.send(text);
                while (pair.carry(pair.client, pair.server, piece)) {
                    // Until nothing is left to carry.
                }
                assertThat(pair.server.received).hasToString(text);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void closeNotifyTellsAnEndFromACut(Tls.Engine client, Tls.Engine server) {
        try (var pair = TlsPair.connect(
                trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "server.test")) {
            pair.client.handler.closeOutbound();
            pair.pump();
            assertThat(pair.server.closeNotified).isTrue();
        }
        try (var pair = TlsPair.connect(
                trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "server.test")) {
            pair.server.channel.close();
            assertThat(pair.server.closeNotified).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatFollowsCloseNotifyIsNotCollected(Tls.Engine client, Tls.Engine server) {
        try (var pair = TlsPair.connect(
                trusting(CA.certificate()).engine(client), Tls.of(SERVER).engine(server), "server.test")) {
            pair.client.handler.closeOutbound();
            pair.pump();
            byte[] more = new byte[5 + 1_000];
            more[0] = 23;
            more[1] = 3;
            more[2] = 3;
            more[3] = 3;
            more[4] = (byte) 0xe8;
            for (int i = 0; i < 100; i++) {
                pair.client.channel.outboundMessages().add(Unpooled.wrappedBuffer(more));
            }
            pair.pump();
            assertThat(pair.server.received).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("serverEngines")
    void plainClientIsNamed(Tls.Engine server) {
        TlsPair.Side side = accepted(server);
        side.channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII));

        assertFailed(side, Kind.NOT_TLS);
        side.end();
    }

    @ParameterizedTest
    @MethodSource("serverEngines")
    void peerThatLeavesIsNamed(Tls.Engine server) {
        TlsPair.Side side = accepted(server);
        side.channel.close();

        assertFailed(side, Kind.PEER_CLOSED);
        side.end();
    }

    @ParameterizedTest
    @MethodSource("serverEngines")
    void incompleteRecordAsksForMore(Tls.Engine server) {
        TlsPair.Side side = accepted(server);
        AtomicInteger reads = new AtomicInteger();
        side.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
            }
        });
        side.channel.config().setAutoRead(false);
        reads.set(0);
        side.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {22, 3, 1, 1}));

        assertThat(reads).hasPositiveValue();
        side.end();
    }

    @ParameterizedTest
    @MethodSource("serverEngines")
    void renegotiationIsRefused(Tls.Engine server) {
        Tls client = trusting(CA.certificate()).engine(Tls.Engine.JDK).protocols("TLSv1.2");
        try (var pair = TlsPair.connect(client, Tls.of(SERVER).engine(server), "server.test")) {
            pair.client.handler.renegotiate();
            pair.pump();

            assertThat(pair.server.channel.isOpen()).isFalse();
            assertThat(pair.server.failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).hasMessageContaining("renegotiation"));
        }
    }

    static Stream<Tls.Engine> serverEngines() {
        return pairs().stream().map(Engines::server).distinct();
    }

    private static TlsPair.Side accepted(Tls.Engine engine) {
        TlsSettings settings = TlsSettings.of(Tls.of(SERVER).engine(engine));
        return new TlsPair.Side(settings.newServerHandler(ByteBufAllocator.DEFAULT));
    }

    @Test
    void settingsThatDoNotFitAreRefusedBeforeTheFirstConnection() {
        TlsSettings client = TlsSettings.client();
        assertThatThrownBy(client::prepareServer)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("certificate");
        TlsSettings unvouched = TlsSettings.of(Tls.of(SERVER).requireClientCertificate());
        assertThatThrownBy(unvouched::prepareServer)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("trust(ca)");
        TlsSettings old = TlsSettings.of(Tls.of(SERVER).engine(Tls.Engine.JDK).protocols("TLSv1.1"));
        assertThatThrownBy(old::prepareServer)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("jdk.tls.disabledAlgorithms");
        TlsSettings cipher =
                TlsSettings.of(Tls.of(SERVER).engine(Tls.Engine.JDK).ciphers("TLS_NO_SUCH"));
        assertThatThrownBy(cipher::prepareServer)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("TLS_NO_SUCH");
        assertThatThrownBy(() -> Tls.client().protocols("SSLv3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SSLv3");
        assertThatThrownBy(() -> Tls.client().pin("abc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void descriptionTellsEngineCertificateAndTrust() {
        String text = Tls.of(SERVER)
                .trust(CA.certificate())
                .requireClientCertificate()
                .describe();
        assertThat(text)
                .contains("engine ", "TLSv1.3 TLSv1.2", "CN=server.test", "EC P-256", "required", "trusts 1 named");
        assertThat(Tls.of(EXPIRED).describe()).contains("EXPIRED");
        assertThat(Tls.client().engine(Tls.Engine.JDK).engineReason()).isEqualTo("JDK engine: chosen");
    }

    @Test
    void pinIsReadInEveryUsualForm() {
        Pin pin = Pin.of(SERVER.certificate().getPublicKey());
        assertThat(Pin.parse(pin.toString())).isEqualTo(pin);
        assertThat(Pin.parse(pin.hex())).isEqualTo(pin);
        assertThat(Pin.parse(pin.hex().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:")))
                .isEqualTo(pin);
    }
}
