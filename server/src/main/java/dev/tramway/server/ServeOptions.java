package dev.tramway.server;

import dev.tramway.MulticastGroup;
import dev.tramway.Waiting;
import dev.tramway.server.internal.ServeSettings;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.BeaconConfig;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ListenerConfig.Transport;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code serve}. */
final class ServeOptions {
    /** With one of these, and without a file, only chats, echo and beacon are served, as they say. */
    private static final List<String> LISTENER_OPTIONS = List.of(
            "--listen",
            "--tcp",
            "--no-tcp",
            "--tls",
            "--no-tls",
            "--udp",
            "--no-udp",
            "--multicast",
            "--no-multicast",
            "--group",
            "--interface",
            "--ttl",
            "--interval",
            "--certificate",
            "--key",
            "--password");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The configuration. Without it, and without an option that names a listener, the one that"
                    + " --print-config shows; with such an option only chats, echo and beacon, as the options say.")
    private @Nullable Path file;

    @Option(names = "--print-config", description = "Prints the built-in configuration, to begin your own with.")
    private boolean printConfig;

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
    private dev.tramway.Transport transport = dev.tramway.Transport.AUTO;

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

    boolean console() {
        return console;
    }

    boolean verbose() {
        return verbose;
    }

    boolean printsConfig() {
        return printConfig;
    }

    /**
     * What they ask for.
     *
     * @param given tells which options were written
     * @throws IllegalArgumentException if they do not fit together
     * @throws dev.tramway.server.internal.config.ConfigException if a configuration cannot be used
     */
    ServeSettings settings(Predicate<String> given) {
        ServerConfig config = config(LISTENER_OPTIONS.stream().filter(given).findFirst());
        return new ServeSettings(
                new ServerConfig(
                        config.listeners(),
                        config.devices(),
                        config.sinks(),
                        config.spool(),
                        config.api(),
                        config.commands(),
                        config.cluster(),
                        config.outboundBudget(),
                        given.test("--state") ? state : config.state(),
                        given.test("--drain") ? drain : config.drain()),
                Optional.ofNullable(file),
                certificateNames(),
                new LoopSettings(
                        range("--threads", threads, 0, 1024),
                        transport,
                        waiting,
                        range("--handlers", handlers, 0, 10_000)));
    }

    private ServerConfig config(Optional<String> listenerOption) {
        if (file != null) {
            listenerOption.ifPresent(option -> {
                throw new IllegalArgumentException(option + ": not together with a configuration; write it there");
            });
            return ConfigFile.load(file, System.getenv());
        }
        return listenerOption.isPresent() ? ServerConfig.of(listeners(), state) : ConfigFile.builtin(System.getenv());
    }

    // ---- listeners by options ---------------------------------------------------------------------------------------

    private List<ListenerConfig> listeners() {
        if (noTcp && noTls && noUdp && noMulticast) {
            throw new IllegalArgumentException("everything is left out; allow at least one listener");
        }
        if (certificate == null && (key != null || !password.isEmpty())) {
            throw new IllegalArgumentException("--key and --password need --certificate");
        }
        List<ListenerConfig> all = new ArrayList<>();
        if (!noTcp) {
            all.add(listener("chat", "--tcp", tcp, Transport.TCP, Role.CHAT, Optional.empty()));
        }
        if (!noTls) {
            TlsConfig own = new TlsConfig(
                    Optional.ofNullable(certificate),
                    Optional.ofNullable(key),
                    Optional.of(password).filter(text -> !text.isEmpty()).map(Secret::new),
                    Optional.empty());
            all.add(listener("chat-tls", "--tls", tls, Transport.TLS, Role.CHAT, Optional.of(own)));
        }
        if (!noUdp) {
            all.add(listener("echo", "--udp", udp, Transport.UDP, Role.ECHO, Optional.empty()));
        }
        if (!noMulticast) {
            all.add(beacon());
        }
        return all;
    }

    private ListenerConfig listener(
            String name, String option, int port, Transport carrier, Role role, Optional<TlsConfig> own) {
        return ListenerConfig.of(name, listen, range(option, port, 0, 65_535), carrier, role, own, Optional.empty());
    }

    private ListenerConfig beacon() {
        if (interval.isZero()) {
            throw new IllegalArgumentException("--interval: 0 (expected: more than zero)");
        }
        MulticastGroup plain = MulticastGroup.of(group);
        String loopback = plain.address() instanceof Inet4Address ? "127.0.0.1" : "::1";
        String way = networkInterface.isEmpty() ? loopback : networkInterface;
        plain.on(way); // says so if there is none
        return ListenerConfig.of(
                "beacon",
                listen,
                range("--multicast", multicast, 0, 65_535),
                Transport.MULTICAST,
                Role.BEACON,
                Optional.empty(),
                Optional.of(new BeaconConfig(group, way, range("--ttl", ttl, 0, 255), interval)));
    }

    private List<String> certificateNames() {
        var all = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        if (!listen.equals("0.0.0.0") && !listen.equals("::")) {
            all.add(listen);
        }
        all.addAll(names);
        return all.stream().distinct().toList();
    }

    private static int range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
