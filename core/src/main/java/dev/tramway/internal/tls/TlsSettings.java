package dev.tramway.internal.tls;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.Tls;
import dev.tramway.TlsException;
import dev.tramway.TlsInfo;
import dev.tramway.internal.tls.pem.KeyFiles;
import dev.tramway.internal.tls.pem.Pkcs12Files;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one implementation of {@link Tls}: options, and the contexts made from them. For any thread; making a handler takes
 * no lock once the context is there.
 */
public final class TlsSettings implements Tls {
    private static final Duration SELF_SIGNED_LIFETIME = Duration.ofDays(90);
    private static final int MOST_HOSTS = 1_000;

    private volatile TlsGeneration current;

    private TlsSettings(TlsOptions options) {
        this.current = new TlsGeneration(options);
    }

    // Factories

    /** See {@link Tls#selfSigned}. */
    public static TlsSettings selfSigned(String... hosts) {
        Certificates plan = Certificates.server(hosts).lifetime(SELF_SIGNED_LIFETIME);
        Credentials first = plan.make();
        return withOwn(new Loaded<>(first, () -> plan.renew(first)));
    }

    /** See {@link Tls#pem(Path, Path, String)}. */
    public static TlsSettings pem(Path chain, Path key, String password) {
        return withOwn(Loaded.from(() -> KeyFiles.credentials(chain, key, password)));
    }

    /** See {@link Tls#pkcs12}. */
    public static TlsSettings pkcs12(Path file, String password) {
        return withOwn(Loaded.from(() -> Pkcs12Files.credentials(file, password)));
    }

    /** See {@link Tls#of}. */
    public static TlsSettings of(Credentials credentials) {
        return withOwn(Loaded.fixed(credentials));
    }

    /** See {@link Tls#client}. */
    public static TlsSettings client() {
        return new TlsSettings(new TlsOptions());
    }

    /**
     * The inside of a value that a user has given.
     *
     * @throws IllegalArgumentException if it was made elsewhere
     */
    public static TlsSettings of(Tls tls) {
        if (tls instanceof TlsSettings settings) {
            return settings;
        }
        throw new IllegalArgumentException(
                "tls: " + tls.getClass().getName() + " (expected: made by a factory of Tls)");
    }

    private static TlsSettings withOwn(Loaded<Credentials> own) {
        return new TlsSettings(new TlsOptions().with(options -> options.own = Optional.of(own)));
    }

    private TlsSettings with(Consumer<TlsOptions> change) {
        return new TlsSettings(current.options().with(change));
    }

    // Trust

    @Override
    public Tls trust(Path... files) {
        return with(options -> {
            for (Path file : files) {
                options.trusted = TlsOptions.plus(options.trusted, Loaded.from(reader(file)));
            }
        });
    }

    private static Supplier<List<X509Certificate>> reader(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx")
                ? () -> Pkcs12Files.trusted(file, "")
                : () -> KeyFiles.certificates(file);
    }

    @Override
    public Tls trust(Path pkcs12, String password) {
        Loaded<List<X509Certificate>> read = Loaded.from(() -> Pkcs12Files.trusted(pkcs12, password));
        return with(options -> options.trusted = TlsOptions.plus(options.trusted, read));
    }

    @Override
    public Tls trust(X509Certificate... certificates) {
        Loaded<List<X509Certificate>> fixed = Loaded.fixed(List.of(certificates));
        return with(options -> options.trusted = TlsOptions.plus(options.trusted, fixed));
    }

    @Override
    public Tls trustSystem() {
        return with(options -> options.trustSystem = true);
    }

    @Override
    public Tls pin(X509Certificate certificate) {
        return with(options -> options.pins = TlsOptions.plus(options.pins, Pin.of(certificate.getPublicKey())));
    }

    @Override
    public Tls pin(String spkiSha256) {
        Pin pin = Pin.parse(spkiSha256);
        return with(options -> options.pins = TlsOptions.plus(options.pins, pin));
    }

    @Override
    public Tls insecureTrustEverything() {
        return with(options -> options.trustEverything = true);
    }

    @Override
    public Tls hostNameCheck(boolean check) {
        return with(options -> options.hostNameCheck = check);
    }

    @Override
    public Tls serverName(String name) {
        String checked = HostNames.isAddress(name) ? name : HostNames.ascii(name);
        return with(options -> options.serverName = Optional.of(checked));
    }

    @Override
    public Tls verifyDepth(int intermediates) {
        if (intermediates < 0) {
            throw new IllegalArgumentException("verifyDepth: " + intermediates + " (expected: 0 or more)");
        }
        return with(options -> options.verifyDepth = intermediates);
    }

    // Certificates

    @Override
    public Tls certificate(Path chain, Path key, String password) {
        Loaded<Credentials> read = Loaded.from(() -> KeyFiles.credentials(chain, key, password));
        return with(options -> options.own = Optional.of(read));
    }

    @Override
    public Tls certificate(Credentials credentials) {
        return with(options -> options.own = Optional.of(Loaded.fixed(credentials)));
    }

    @Override
    public Tls requireClientCertificate() {
        return with(options -> options.clientAuth = ClientAuth.REQUIRE);
    }

    @Override
    public Tls requestClientCertificate() {
        return with(options -> options.clientAuth = ClientAuth.OPTIONAL);
    }

    @Override
    public Tls sni(String host, Tls forHost) {
        Loaded<Credentials> credentials = of(forHost)
                .current
                .options()
                .own
                .orElseThrow(() -> new IllegalArgumentException(
                        "sni " + host + ": without a certificate (expected: made by Tls.pem, pkcs12 or selfSigned)"));
        return with(options -> {
            Map<String, Loaded<Credentials>> more = new LinkedHashMap<>(options.sni);
            more.put(HostNames.ascii(host), credentials);
            if (more.size() > MOST_HOSTS) {
                throw new IllegalArgumentException(
                        "sni: " + more.size() + " hosts (expected: at most " + MOST_HOSTS + ")");
            }
            options.sni = Map.copyOf(more);
        });
    }

    // Protocol

    @Override
    public Tls protocols(String... names) {
        List<String> checked = Protocols.check(names);
        return with(options -> options.protocols = checked);
    }

    @Override
    public Tls ciphers(String... names) {
        List<String> checked = some("ciphers", names);
        return with(options -> options.ciphers = checked);
    }

    @Override
    public Tls groups(String... names) {
        List<String> checked = some("groups", names);
        return with(options -> options.groups = checked);
    }

    private static List<String> some(String what, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(what + ": none (expected: at least one name)");
        }
        return Arrays.stream(names).distinct().toList();
    }

    @Override
    public Tls engine(Engine engine) {
        return with(options -> options.engine = engine);
    }

    // In use

    @Override
    public String engineReason() {
        return current.engine().reason();
    }

    /**
     * Reads again, makes anew whatever had been in use, and only then puts it in place; two at once wait for each other.
     */
    @Override
    public synchronized void reload() {
        current = current.again();
    }

    @Override
    public String describe() {
        return TlsDescription.of(current.options(), current.engine());
    }

    @Override
    public String toString() {
        return describe();
    }

    /**
     * Makes everything that a server needs, so that {@code start} and not the first client meets a mistake.
     *
     * @throws TlsException if the settings do not fit together
     */
    public void prepareServer() {
        current.server();
    }

    /**
     * Makes everything that a client needs.
     *
     * @throws TlsException if the settings do not fit together
     */
    public void prepareClient() {
        current.client();
    }

    /**
     * The handler of one accepted connection; goes behind a {@link TlsRecordGate}. It must be added to a pipeline, which
     * frees its engine.
     *
     * @param allocator of the channel
     */
    public SslHandler newServerHandler(ByteBufAllocator allocator) {
        return current.server().serverHandler(allocator);
    }

    /**
     * The handler of one outgoing connection; goes behind a {@link TlsRecordGate}. It must be added to a pipeline, which
     * frees its engine.
     *
     * @param allocator of the channel
     * @param peerHost as the user named it, not its resolved address: it is checked against the certificate
     * @param peerPort for the resumption of sessions
     */
    public SslHandler newClientHandler(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return current.client().clientHandler(allocator, peerHost, peerPort);
    }

    /**
     * What a finished handshake agreed on. Cheap enough to be asked for once per session, not per message.
     *
     * @param handler whose handshake is over
     */
    public static TlsInfo info(SslHandler handler) {
        return Handshakes.info(handler.engine());
    }
}
