package dev.tramway.server.internal.config;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.config.ListenerConfig.BeaconConfig;
import dev.tramway.server.internal.config.ListenerConfig.ClockConfig;
import dev.tramway.server.internal.config.ListenerConfig.Limits;
import dev.tramway.server.internal.config.ListenerConfig.ModemConfig;
import dev.tramway.server.internal.config.ListenerConfig.ProtocolConfig;
import dev.tramway.server.internal.config.ListenerConfig.Registers;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.config.ListenerConfig.TelemetryConfig;
import dev.tramway.server.internal.config.ListenerConfig.Transport;
import dev.tramway.server.internal.config.ListenerConfig.Unknown;
import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import dev.tramway.server.internal.script.ReadingScript;
import dev.tramway.server.internal.script.Sandbox;
import dev.tramway.server.internal.yaml.Problems;
import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads listeners. Used by one thread. */
final class ListenerReader {
    private static final Pattern TARGET = Pattern.compile("(\\[[^]]+]|[^:\\s]+):(\\d{1,5})");
    private static final Duration TELEMETRY_IDLE = Duration.ofMinutes(30);

    private final Files files;
    private final Problems problems;

    ListenerReader(Files files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    ListenerConfig read(Yaml.Entry entry) {
        Section section = Section.of(entry.value(), "a listener");
        Role role = section.word("role", Role.class).orElseGet(() -> {
            if (section.has("protocol") || section.has("protocols")) {
                return Role.TELEMETRY;
            }
            throw section.misspelt("protocol")
                    .or(() -> section.misspelt("protocols"))
                    .orElseGet(() -> section.missing("role", "write for example 'role: chat', or name a protocol"));
        });
        Transport transport = section.word("transport", Transport.class)
                .orElse(role == Role.BEACON ? Transport.MULTICAST : Transport.TCP);
        requireFit(section, role, transport);
        String address = problems.attempt(() -> ConfigReader.address(section, "127.0.0.1"), "127.0.0.1");
        List<Integer> ports = problems.attempt(() -> ports(section), List.of());
        Limits limits = problems.attempt(() -> limits(section, role), Limits.DEFAULT);
        Optional<TlsConfig> tls = problems.attempt(() -> tls(section, transport), Optional.empty());
        String target = problems.attempt(() -> target(section, role), "");
        Optional<Path> script = problems.attempt(() -> script(section, role), Optional.empty());
        Optional<BeaconConfig> beacon = problems.attempt(() -> beacon(section, role), Optional.empty());
        Optional<TelemetryConfig> telemetry = problems.attempt(() -> telemetry(section, role), Optional.empty());
        section.finish(problems);
        return new ListenerConfig(
                entry.key().text(),
                address,
                ports,
                transport,
                role,
                limits,
                tls,
                target,
                script,
                beacon,
                telemetry,
                entry.key().at());
    }

    private static void requireFit(Section section, Role role, Transport transport) {
        Set<Transport> possible = switch (role) {
            case BEACON -> Set.of(Transport.MULTICAST);
            case ECHO, TELEMETRY -> Set.of(Transport.TCP, Transport.TLS, Transport.UDP);
            case CHAT, RELAY, SCRIPT -> Set.of(Transport.TCP, Transport.TLS);
        };
        if (!possible.contains(transport)) {
            List<String> words = possible.stream().map(Section::word).sorted().toList();
            throw section.at("transport")
                    .flaw(
                            "role " + Section.word(role) + " over " + Section.word(transport),
                            "one of " + String.join(", ", words),
                            "choose another transport or another role");
        }
    }

    private List<Integer> ports(Section section) {
        List<Yaml.Scalar> written = new ArrayList<>(section.list("port"));
        written.addAll(section.list("ports"));
        if (written.isEmpty()) {
            throw section.missing("port", "write for example 'port: 12986'");
        }
        List<Integer> ports = new ArrayList<>();
        for (Yaml.Scalar port : written) {
            problems.attempt(() -> ports.add(Section.integer(port, "a port", 0, 65_535)));
        }
        return List.copyOf(ports);
    }

    private Limits limits(Section listener, Role role) {
        Limits usual = Limits.DEFAULT;
        Section section = listener.section("limits", "limits");
        Duration idle = section.time("idle").orElse(role == Role.TELEMETRY ? TELEMETRY_IDLE : usual.idle());
        // Whoever only listens to a chat sends nothing at first, and need not.
        Duration first = section.time("first-byte").orElse(role == Role.CHAT ? idle : usual.firstByte());
        Limits limits = new Limits(
                idle,
                section.time("handshake").orElse(usual.handshake()),
                first,
                section.time("frame").orElse(usual.frame()),
                section.time("write").orElse(usual.write()),
                section.size("slowest-reader").orElse(usual.slowest()),
                section.integer("connections", 0, 10_000_000, usual.connections()),
                section.integer("per-address", 0, 10_000_000, usual.perAddress()),
                section.integer("accept-rate", 0, 10_000_000, usual.acceptRate()),
                section.size("outbound").orElse(usual.outbound()));
        if (limits.outbound() < 1024) {
            throw section.at("outbound").flaw(limits.outbound() + " bytes", "1KiB or more", "write for example 1MiB");
        }
        section.finish(problems);
        return limits;
    }

    private Optional<TlsConfig> tls(Section section, Transport transport) {
        if (transport == Transport.TLS) {
            return Optional.of(ConfigReader.tls(section.section("tls", "a certificate"), files, problems));
        }
        if (section.has("tls")) {
            throw section.at("tls")
                    .flaw("'tls' with transport " + Section.word(transport), "transport: tls", "change one of them");
        }
        return Optional.empty();
    }

    private static String target(Section section, Role role) {
        if (role == Role.CHAT) {
            return section.text("room").orElse("lobby");
        }
        if (role != Role.RELAY) {
            return "";
        }
        String to = section.needText("to", "write for example 'to: plant.example:502'");
        var matcher = TARGET.matcher(to);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw section.at("to").flaw("'" + to + "'", "HOST:PORT", "write for example plant.example:502");
        }
        return to;
    }

    private Optional<Path> script(Section section, Role role) {
        if (role != Role.SCRIPT && role != Role.TELEMETRY) {
            return Optional.empty();
        }
        Optional<Yaml.Scalar> written = section.scalar("script");
        if (role == Role.SCRIPT && written.isEmpty()) {
            throw section.missing("script", "write for example 'script: chat.os'");
        }
        return written.map(value -> compiled(value, role == Role.SCRIPT ? List.of() : ReadingScript.HANDLERS));
    }

    /** The file of a script that can be used. */
    private Path compiled(Yaml.Scalar value, List<String> handlers) {
        Path file = files.existing(value);
        Sandbox.mistake(file, handlers).ifPresent(mistake -> {
            throw value.at()
                    .flaw(
                            "a script with mistakes: " + mistake,
                            "one that ./tramway script -check accepts" + (handlers.isEmpty() ? "" : ", with a handler"),
                            "correct " + file);
        });
        return file;
    }

    private static Optional<BeaconConfig> beacon(Section section, Role role) {
        if (role != Role.BEACON) {
            return Optional.empty();
        }
        String group = section.text("group").orElse("239.255.0.1");
        try {
            dev.tramway.MulticastGroup.of(group);
        } catch (IllegalArgumentException e) {
            throw section.at("group")
                    .flaw("'" + group + "'", "address of a multicast group", "write for example 239.255.0.1");
        }
        Duration interval = section.time("interval").orElse(Duration.ofSeconds(1));
        if (interval.isZero()) {
            throw section.at("interval").flaw("0", "more than zero", "write for example 1s");
        }
        return Optional.of(new BeaconConfig(
                group,
                section.text("interface").orElse(group.contains(":") ? "::1" : "127.0.0.1"),
                section.integer("ttl", 0, 255, 0),
                interval));
    }

    // ---- telemetry --------------------------------------------------------------------------------------------------

    private Optional<TelemetryConfig> telemetry(Section section, Role role) {
        if (role != Role.TELEMETRY) {
            return Optional.empty();
        }
        List<ProtocolConfig> protocols = protocols(section);
        Optional<ModemConfig> modem = section.has("modem")
                ? problems.read(() -> modem(section.section("modem", "what a modem sends")))
                : Optional.empty();
        Optional<ClockConfig> clock = section.has("clock")
                ? problems.read(() -> clock(section.section("clock", "how clocks are set")))
                : protocols.stream().findFirst().flatMap(first -> Builtins.clock(first.name()));
        return Optional.of(new TelemetryConfig(
                protocols,
                section.word("secure", Secure.class).orElse(Secure.NONE),
                section.word("unknown", Unknown.class).orElse(Unknown.QUARANTINE),
                modem,
                clock));
    }

    private List<ProtocolConfig> protocols(Section section) {
        List<Yaml.Scalar> written = new ArrayList<>(section.list("protocol"));
        written.addAll(section.list("protocols"));
        if (written.isEmpty()) {
            throw section.missing("protocol", "write for example 'protocol: aqua-plc', or the name of a file");
        }
        List<ProtocolConfig> protocols = new ArrayList<>();
        for (Yaml.Scalar each : written) {
            problems.read(() -> protocol(each)).ifPresent(protocols::add);
        }
        return List.copyOf(protocols);
    }

    private ProtocolConfig protocol(Yaml.Scalar value) {
        String name = value.text();
        if (Protocol.builtins().contains(name)) {
            return new ProtocolConfig(name, Optional.empty(), value.at());
        }
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw value.at()
                    .flaw(
                            "protocol " + value.kind(),
                            "a file that ends in .yaml, or one of " + String.join(", ", Protocol.builtins()),
                            Section.meant(name, Protocol.builtins(), "./tramway frames list shows them"));
        }
        return new ProtocolConfig(name, Optional.of(definition(value)), value.at());
    }

    /** The file of a definition that can be used. */
    private Path definition(Yaml.Scalar value) {
        Path file = files.existing(value);
        try {
            Protocol.load(file);
        } catch (dev.tramway.frames.DefinitionException e) {
            throw value.at()
                    .flaw(
                            "a definition with mistakes: " + e.problems().get(0),
                            "one that ./tramway frames check accepts",
                            "correct " + file);
        }
        return file;
    }

    private ModemConfig modem(Section section) {
        ModemConfig modem = new ModemConfig(
                section.word("registers", Registers.class).orElse(Registers.ONCE),
                bytes(section, "start"),
                section.scalar("id-size")
                        .map(size -> Section.integer(size, "'id-size'", 1, 64))
                        .orElseThrow(() -> section.missing("id-size", "say how many characters the id has")),
                bytes(section, "heartbeat"));
        section.finish(problems);
        return modem;
    }

    /** Characters, or bytes as hex digits behind {@code 0x}. */
    private static String bytes(Section section, String key) {
        return section.scalar(key)
                .map(value -> {
                    if (!value.text().startsWith("0x")) {
                        return value.text();
                    }
                    try {
                        byte[] bytes = HexFormat.of().parseHex(value.text().substring(2));
                        return new String(bytes, StandardCharsets.ISO_8859_1);
                    } catch (IllegalArgumentException e) {
                        throw value.at()
                                .flaw(
                                        value.kind(),
                                        "characters, or 0x and pairs of hex digits",
                                        "write for example 0xffff");
                    }
                })
                .orElse("");
    }

    private ClockConfig clock(Section section) {
        ClockConfig clock = new ClockConfig(
                section.list("messages").stream().map(Yaml.Scalar::text).toList(),
                section.needText("field", "name the field with the device's time"),
                section.needText("command", "name the command that sets the clock"),
                section.time("drift").orElse(Builtins.DRIFT));
        section.finish(problems);
        return clock;
    }
}
