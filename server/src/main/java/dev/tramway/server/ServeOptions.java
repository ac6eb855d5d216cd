package dev.tramway.server;

import dev.tramway.MulticastGroup;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import dev.tramway.server.internal.ServeSettings;
import dev.tramway.server.internal.ServeSettings.BeaconSettings;
import dev.tramway.server.internal.ServeSettings.CertificateFiles;
import dev.tramway.server.internal.ServeSettings.CertificateSettings;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve}. */
final class ServeOptions {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (default: 127.0.0.1, this machine only). 0.0.0.0 is all of IPv4, :: is all.")
    private String listen = "127.0.0.1";

    @Option(
            names = "--tcp",
            paramLabel = "PORT",
            description = "Port of the plain chat (default: 1111); 0 is a free one.")
    private int tcp = 1111;

    @Option(names = "--no-tcp", description = "No plain chat.")
    private boolean noTcp;

    @Option(names = "--tls", paramLabel = "PORT", description = "Port of the encrypted chat (default: 2222).")
    private int tls = 2222;

    @Option(names = "--no-tls", description = "No encrypted chat.")
    private boolean noTls;

    @Option(names = "--udp", paramLabel = "PORT", description = "Port of the datagram echo (default: 3333).")
    private int udp = 3333;

    @Option(names = "--no-udp", description = "No datagram echo.")
    private boolean noUdp;

    @Option(
            names = "--multicast",
            paramLabel = "PORT",
            description = "Port that a line about the server is sent to, again and again (default: 3334).")
    private int multicast = 3334;

    @Option(names = "--no-multicast", description = "Sends nothing to a group.")
    private boolean noMulticast;

    @Option(names = "--group", paramLabel = "ADDRESS", description = "The multicast group (default: 239.255.0.1).")
    private String group = "239.255.0.1";

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Interface to send to the group on, by name or address (default: the loopback interface).")
    private String networkInterface = "";

    @Option(
            names = "--ttl",
            paramLabel = "N",
            description = "How many routers what is sent to the group may pass, plus one (default: 0, it stays on this"
                    + " machine).")
    private int ttl;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time between two lines to the group (default: 1s).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "Certificate chain in PEM, or certificate and key in PKCS#12 (.p12, .pfx).")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Private key in PEM (default: in the certificate's file).")
    private @Nullable Path key;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            description = "Password of the key; asks for it if no text follows.")
    private String password = "";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where the certificate is kept that is made without --certificate (default: .tramway in the home"
                            + " directory).")
    private Path state = Path.of(System.getProperty("user.home"), ".tramway");

    @Option(
            names = "--name",
            paramLabel = "HOST",
            split = ",",
            description =
                    "Further names and addresses that the made certificate is for, beside localhost, 127.0.0.1, ::1 and"
                            + " the address listened on.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--threads", paramLabel = "N", description = "Event loops (default: one per core).")
    private int threads;

    @Option(
            names = "--handlers",
            paramLabel = "N",
            description = "Threads that handle messages (default: 0, the loops do).")
    private int handlers;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "auto, nio, epoll, io_uring or kqueue (default: auto).")
    private Transport transport = Transport.AUTO;

    @Option(
            names = "--waiting",
            paramLabel = "HOW",
            converter = WaitingConverter.class,
            description =
                    "What a loop without work does: block, spin, or adaptive:TIME, which spins so long before it blocks"
                            + " (default: block).")
    private Waiting waiting = Waiting.block();

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long clients may take what is owed to them when the server is stopped (default: 30s).")
    private Duration drain = Duration.ofSeconds(30);

    @Option(
            names = "--console",
            description =
                    "Reads commands from standard input: 'stop', or its end, stops; other lines go to everybody in the"
                            + " chat.")
    private boolean console;

    @Option(names = "--verbose", description = "Logs who comes and goes, and what else happens.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    Duration drain() {
        return drain;
    }

    boolean console() {
        return console;
    }

    boolean verbose() {
        return verbose;
    }

    /**
     * What they ask for.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    ServeSettings settings() {
        if (noTcp && noTls && noUdp && noMulticast) {
            throw new IllegalArgumentException("everything is left out; allow at least one listener");
        }
        if (certificate == null && (key != null || !password.isEmpty())) {
            throw new IllegalArgumentException("--key and --password need --certificate");
        }
        return new ServeSettings(
                listen,
                port("--tcp", tcp, noTcp),
                port("--tls", tls, noTls),
                port("--udp", udp, noUdp),
                beacon(),
                new CertificateSettings(state, certificateNames(), ownCertificate()),
                new LoopSettings(
                        range("--threads", threads, 0, 1024),
                        transport,
                        waiting,
                        range("--handlers", handlers, 0, 10_000)));
    }

    private Optional<BeaconSettings> beacon() {
        if (noMulticast) {
            return Optional.empty();
        }
        if (interval.isZero()) {
            throw new IllegalArgumentException("--interval: 0 (expected: more than zero)");
        }
        MulticastGroup plain = MulticastGroup.of(group);
        String loopback = plain.address() instanceof Inet4Address ? "127.0.0.1" : "::1";
        return Optional.of(new BeaconSettings(
                plain.on(networkInterface.isEmpty() ? loopback : networkInterface),
                range("--multicast", multicast, 0, 65_535),
                range("--ttl", ttl, 0, 255),
                interval));
    }

    private List<String> certificateNames() {
        var all = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        if (!listen.equals("0.0.0.0") && !listen.equals("::")) {
            all.add(listen);
        }
        all.addAll(names);
        return all.stream().distinct().toList();
    }

    private Optional<CertificateFiles> ownCertificate() {
        return Optional.ofNullable(certificate)
                .map(chain -> new CertificateFiles(chain, key == null ? chain : key, password));
    }

    private static OptionalInt port(String option, int number, boolean leftOut) {
        return leftOut ? OptionalInt.empty() : OptionalInt.of(range(option, number, 0, 65_535));
    }

    private static int range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
