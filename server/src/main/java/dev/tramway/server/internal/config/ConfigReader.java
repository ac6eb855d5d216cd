package dev.tramway.server.internal.config;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.config.ListenerConfig.Transport;
import dev.tramway.server.internal.config.ServerConfig.ApiConfig;
import dev.tramway.server.internal.config.ServerConfig.ClusterConfig;
import dev.tramway.server.internal.config.ServerConfig.CommandConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.config.ServerConfig.SinkConfig;
import dev.tramway.server.internal.config.ServerConfig.SpoolConfig;
import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import dev.tramway.server.internal.sink.BadOptionException;
import dev.tramway.server.internal.sink.SinkOptions;
import dev.tramway.server.internal.yaml.Position;
import dev.tramway.server.internal.yaml.Problem;
import dev.tramway.server.internal.yaml.Problems;
import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns a document into records, and collects what is wrong with it on the way. Used by one thread. */
final class ConfigReader {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final long MEBIBYTE = 1 << 20;

    private final Files files;
    private final Problems problems;

    ConfigReader(Path directory, Problems problems) {
        this.files = new Files(directory);
        this.problems = problems;
    }

    ServerConfig read(Section root) {
        List<ListenerConfig> listeners = named(root, "listeners", new ListenerReader(files, problems)::read);
        Set<String> protocols = new TreeSet<>(Protocol.builtins());
        listeners.stream()
                .flatMap(listener -> listener.telemetry().stream())
                .flatMap(telemetry -> telemetry.protocols().stream())
                .forEach(protocol -> protocols.add(protocol.name()));
        List<DeviceConfig> devices = named(root, "devices", new DeviceReader(protocols, problems)::read);
        List<SinkConfig> sinks = named(root, "sinks", this::sink);
        SpoolConfig spool = part(root, "spool", this::spool);
        ApiConfig api = part(root, "api", this::api);
        CommandConfig commands = part(root, "commands", this::commands);
        Optional<ClusterConfig> cluster = root.has("cluster")
                ? problems.read(() -> cluster(root.section("cluster", "how other servers are reached")))
                : Optional.empty();
        long budget = problems.attempt(() -> root.size("outbound-budget"), Optional.<Long>empty())
                .orElse(ServerConfig.USUAL_BUDGET);
        Path state = problems.attempt(() -> root.text("state").map(files::resolve), Optional.<Path>empty())
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".tramway"));
        Duration drain = problems.attempt(() -> root.time("drain"), Optional.<Duration>empty())
                .orElse(Duration.ofSeconds(30));
        root.finish(problems);
        if (listeners.isEmpty() && !root.has("listeners")) {
            problems.add(new Problem(
                    root.at(), "no 'listeners'", "at least one listener", "see ./tramway serve --print-config"));
        }
        noPortTwice(listeners, api);
        noSerialTwice(devices);
        keysFit(listeners, devices);
        return new ServerConfig(listeners, devices, sinks, spool, api, commands, cluster, budget, state, drain);
    }

    /** Reads the parts of a mapping by name; one that is wrong is left out, so that the others are read too. */
    private <T> List<T> named(Section root, String key, Function<Yaml.Entry, T> reader) {
        List<T> all = new ArrayList<>();
        problems.attempt(() -> {
            Section section = root.section(key, key + " by name");
            for (Yaml.Entry entry : section.entries()) {
                problems.read(() -> {
                            requireName(entry.key());
                            return reader.apply(entry);
                        })
                        .ifPresent(all::add);
            }
        });
        return List.copyOf(all);
    }

    static void requireName(Yaml.Scalar key) {
        if (!NAME.matcher(key.text()).matches()) {
            throw key.at()
                    .flaw(
                            "name " + key.kind(),
                            "up to 64 letters, digits, points, hyphens and underscores",
                            "choose another name");
        }
    }

    /** Reads a section; where it is wrong, its defaults stand in, so that the rest can be looked at. */
    private <T> T part(Section root, String key, Function<Section, T> reader) {
        return problems.read(() -> root.section(key, "settings of '" + key + "'"))
                .flatMap(section -> problems.read(() -> reader.apply(section)))
                .orElseGet(() -> reader.apply(Section.empty(root.at())));
    }

    // ---- sections ---------------------------------------------------------------------------------------------------

    private SinkConfig sink(Yaml.Entry entry) {
        Section section = Section.of(entry.value(), "a sink");
        String type = section.needText("type", "write for example 'type: file'");
        SinkConfig sink = new SinkConfig(
                entry.key().text(), type, options(section), entry.key().at());
        try {
            // Asks for its options, and connects to nothing.
            sink.make().close();
        } catch (BadOptionException wrong) {
            throw section.at(wrong.option().equals(type) ? "type" : wrong.option())
                    .flaw(wrong.found(), wrong.expected(), "see docs/sinks.md");
        }
        return sink;
    }

    private SinkOptions options(Section section) {
        Map<String, String> options = new LinkedHashMap<>();
        for (Yaml.Entry option : section.entries()) {
            if (!option.key().text().equals("type")) {
                options.put(
                        option.key().text(),
                        Section.scalar(option.value(), "an option").text());
            }
        }
        return new SinkOptions(options, files.resolve(""));
    }

    private SpoolConfig spool(Section section) {
        Optional<Path> directory = section.text("directory").map(files::resolve);
        long limit = section.size("limit").orElse(1024 * MEBIBYTE);
        if (limit < MEBIBYTE) {
            throw section.at("limit").flaw(limit + " bytes", "at least 1MiB", "write for example 1GiB");
        }
        section.finish(problems);
        return new SpoolConfig(directory, limit);
    }

    private ApiConfig api(Section section) {
        boolean enabled = section.truth("enabled", true);
        String address = address(section, "127.0.0.1");
        int port = section.integer("port", 0, 65_535, 8080);
        Optional<Secret> token = section.text("token").map(Secret::new);
        Optional<TlsConfig> tls = section.has("tls")
                ? Optional.of(tls(section.section("tls", "a certificate"), files, problems))
                : Optional.empty();
        token.filter(secret -> secret.reveal().length() < 16).ifPresent(secret -> {
            throw section.at("token")
                    .flaw(
                            "a token of " + secret.reveal().length() + " characters",
                            "16 or more",
                            "make one of random letters");
        });
        if (enabled && !isLoopback(address) && (token.isEmpty() || tls.isEmpty())) {
            throw section.at("address")
                    .flaw(
                            "'" + address + "' without " + (token.isEmpty() ? "'token'" : "'tls'"),
                            "a token and TLS where others can connect",
                            "add them, or use 127.0.0.1");
        }
        List<String> hosts =
                section.list("hosts").stream().map(Yaml.Scalar::text).toList();
        section.finish(problems);
        return new ApiConfig(enabled, address, port, hosts, token, tls);
    }

    private CommandConfig commands(Section section) {
        CommandConfig config = new CommandConfig(
                section.time("expiry").orElse(Duration.ofHours(24)),
                section.integer("per-device", 1, 10_000, 100),
                section.integer("retries", 0, 100, 2),
                section.integer("keep", 100, 10_000_000, 10_000));
        section.finish(problems);
        return config;
    }

    private ClusterConfig cluster(Section section) {
        List<String> urls =
                section.list("url").stream().map(ConfigReader::natsUrl).toList();
        if (urls.isEmpty()) {
            throw section.missing("url", "write for example 'url: nats://127.0.0.1:4222'");
        }
        String prefix = section.text("prefix").orElse("tramway");
        if (!PREFIX.matcher(prefix).matches()) {
            throw section.at("prefix")
                    .flaw("'" + prefix + "'", "up to 64 letters, digits, _ and -", "choose another one");
        }
        ClusterConfig config = new ClusterConfig(
                urls,
                prefix,
                section.text("name"),
                section.text("user"),
                section.text("password").map(Secret::new),
                files.secret(section, "credentials"),
                files.existing(section, "ca"),
                section.integer("replicas", 1, 5, 1),
                section.truth("required", false));
        section.finish(problems);
        return config;
    }

    private static String natsUrl(Yaml.Scalar value) {
        if (!value.text().matches("(nats|tls)://\\S+")) {
            throw value.at().flaw(value.kind(), "an address of NATS", "write for example nats://127.0.0.1:4222");
        }
        return value.text();
    }

    static TlsConfig tls(Section section, Files files, Problems problems) {
        Optional<Path> certificate = files.existing(section, "certificate");
        Optional<Path> key = files.secret(section, "key");
        TlsConfig tls = new TlsConfig(
                certificate, key, section.text("password").map(Secret::new), files.existing(section, "clients"));
        if (certificate.isEmpty() && (key.isPresent() || tls.password().isPresent())) {
            throw section.at().flaw("no 'certificate'", "the certificate of that key", "add it, or leave the key out");
        }
        section.finish(problems);
        return tls;
    }

    static String address(Section section, String otherwise) {
        return section.scalar("address")
                .map(value -> {
                    if (!isAddress(value.text())) {
                        throw value.at()
                                .flaw(
                                        value.kind(),
                                        "an address of this machine",
                                        "write 127.0.0.1 for this machine only, 0.0.0.0 for all of IPv4, '::' for all");
                    }
                    return value.text();
                })
                .orElse(otherwise);
    }

    /** True for literals and localhost; a name would be looked up, which a check must not do. */
    private static boolean isAddress(String text) {
        return text.equals("localhost")
                || text.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}")
                || (text.contains(":") && text.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?"));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }

    // ---- what does not fit together ---------------------------------------------------------------------------------

    private void noPortTwice(List<ListenerConfig> listeners, ApiConfig api) {
        Map<String, String> users = new HashMap<>();
        if (api.enabled() && api.port() != 0) {
            users.put("tcp " + api.port(), "the api");
        }
        for (ListenerConfig listener : listeners) {
            if (listener.transport() == Transport.MULTICAST) {
                continue; // it sends to the port, and does not take it
            }
            String kind = listener.transport() == Transport.UDP ? "udp " : "tcp ";
            for (int port : listener.ports()) {
                String user = port == 0 ? null : users.putIfAbsent(kind + port, "listener '" + listener.name() + "'");
                if (user != null) {
                    problems.add(new Problem(
                            listener.at(),
                            "port " + port + ", which " + user + " has",
                            "each port once",
                            "choose another"));
                }
            }
        }
    }

    private void noSerialTwice(List<DeviceConfig> devices) {
        Map<String, String> owners = new HashMap<>();
        for (DeviceConfig device : devices) {
            String owner = owners.putIfAbsent(device.serial(), device.name());
            if (owner != null) {
                problems.add(new Problem(
                        device.at(),
                        "serial '" + device.serial() + "', which '" + owner + "' has",
                        "each serial once",
                        "correct one of them"));
            }
        }
    }

    private void keysFit(List<ListenerConfig> listeners, List<DeviceConfig> devices) {
        for (ListenerConfig listener : listeners) {
            Secure secure = listener.telemetry()
                    .map(ListenerConfig.TelemetryConfig::secure)
                    .orElse(Secure.NONE);
            if (secure == Secure.NONE) {
                continue;
            }
            boolean any = devices.stream()
                    .flatMap(device -> device.keys().values().stream())
                    .anyMatch(key -> KeySizes.fits(secure, key));
            if (!any) {
                Position at = listener.at();
                problems.add(new Problem(
                        at,
                        "secure: " + Section.word(secure) + ", and no device with a key for it",
                        KeySizes.expected(secure),
                        "add 'keys: { 0: HEX }' to a device"));
            }
        }
    }
}
