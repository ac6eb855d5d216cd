package dev.tramway.server;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.config.DeviceConfig;
import dev.tramway.server.internal.config.KeySizes;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code simulate}. */
final class SimulateOptions {
    private static final String FOUNDING = "aqua-plc";
    private static final Pattern VARY = Pattern.compile("([^=]+)=(\\d{1,9})\\.\\.(\\d{1,9})");
    private static final String MAX = "max";
    private static final Pattern RATE = Pattern.compile("(?=.*[1-9])\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern KEY = Pattern.compile("(?:(\\d{1,2}):)?([0-9a-fA-F]{32})");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "Definition of the protocol: a file, or the name of a built-in one (default: " + FOUNDING + ").")
    private String file = FOUNDING;

    @Option(names = "--host", paramLabel = "HOST", description = "Where the server is (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Its port (default: 12986).")
    private int port = 12_986;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            split = ",",
            description =
                    "Addresses of this machine that devices connect from, in turns (default: the system's choice).")
    private List<String> from = new ArrayList<>();

    @Option(names = "--devices", paramLabel = "N", description = "How many devices (default: 100).")
    private int devices = 100;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Number of the first device, counted from the one in the definition's tests (default: 0).")
    private int first;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time between two reports of a device (default: 5s).")
    private @Nullable Duration interval;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Reports of all devices in a second, in place of --interval; max for as many as the server"
                    + " acknowledges.")
    private String rate = "";

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "With --rate max, reports of a device that wait for their acknowledgement at a time"
                    + " (default: 200).")
    private int window = 200;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time between two signs of life, where the protocol has them (default: 60s); 0s for none.")
    private Duration heartbeat = Duration.ofSeconds(60);

    @Option(
            names = "--repeat",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Time after which a report is sent again that was not acknowledged (default: 30s); 0s for never.")
    private Duration repeat = Duration.ofSeconds(30);

    @Option(names = "--ramp", paramLabel = "N", description = "Devices that connect in a second (default: 500).")
    private int ramp = 500;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Ends after this time (default: on Ctrl-C).")
    private @Nullable Duration time;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the end waits for what is not acknowledged yet (default: 3s).")
    private Duration drain = Duration.ofSeconds(3);

    @Option(names = "--secure", description = "Speaks compact encrypted records; needs --key or --keys.")
    private boolean secure;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Configuration of the server, for the keys of its devices; the newest key of each is used.")
    private @Nullable Path keysFile;

    @Option(
            names = "--key",
            paramLabel = "[N:]HEX",
            description = "Key of all devices, 32 hexadecimal digits, and its number (default: 0).")
    private String key = "";

    @Option(names = "--login", paramLabel = "MESSAGE", description = "Message that a device introduces itself with.")
    private @Nullable String login;

    @Option(names = "--alive", paramLabel = "MESSAGE", description = "Message that is the sign of life.")
    private @Nullable String alive;

    @Option(
            names = "--report",
            paramLabel = "MESSAGE",
            split = ",",
            description = "Messages to report with, in turns (default: those with readings that are acknowledged).")
    private List<String> reports = new ArrayList<>();

    @Option(names = "--number", paramLabel = "FIELD", description = "Field that counts the messages of a device.")
    private @Nullable String number;

    @Option(
            names = "--vary",
            paramLabel = "FIELD=A..B",
            split = ",",
            description = "Fields that take one value after the other, such as ch=1..4 for four channels.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--segment",
            paramLabel = "N",
            description = "Sends at most so many bytes at a time (default: 0, whole messages); 1 splits at every byte.")
    private int segment;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time between such pieces (default: 0s).")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--answer-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time that a device needs to answer a command (default: 0s).")
    private Duration answerDelay = Duration.ZERO;

    @Option(names = "--corrupt", paramLabel = "SHARE", description = "Share of messages with a wrong bit, 0 to 1.")
    private double corrupt;

    @Option(names = "--duplicate", paramLabel = "SHARE", description = "Share of messages sent twice, 0 to 1.")
    private double duplicate;

    @Option(names = "--mute", paramLabel = "SHARE", description = "Share of commands not answered, 0 to 1.")
    private double mute;

    @Option(
            names = "--reconnect",
            paramLabel = "SHARE",
            description = "Share of reports after which a device drops its connection and comes back, 0 to 1.")
    private double reconnect;

    @Option(
            names = "--storm",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time after which all devices drop their connections at once, again and again.")
    private Duration storm = Duration.ZERO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of what is random (default: 1); the same seed makes the same devices.")
    private long seed = 1;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Writes all messages to a file that 'tramway replay' plays again.")
    private @Nullable Path record;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    Duration drain() {
        return drain;
    }

    /**
     * What they ask for.
     *
     * @throws IllegalArgumentException if they do not fit together, or a name is unknown
     * @throws dev.tramway.frames.DefinitionException if the definition is wrong
     */
    FleetSettings settings() {
        if (secure != (!key.isEmpty() || keysFile != null)) {
            throw new IllegalArgumentException(secure ? "--secure needs --key or --keys" : "a key needs --secure");
        }
        DeviceModel.Choice choice = new DeviceModel.Choice(
                Optional.ofNullable(login), Optional.ofNullable(alive), reports, Optional.ofNullable(number), varied());
        DeviceModel model = DeviceModel.of(protocol(), choice);
        return new FleetSettings(
                model,
                host,
                port,
                from,
                devices,
                first,
                interval(),
                heartbeat,
                repeat,
                ramp,
                secure ? Optional.of(keys(model)) : Optional.empty(),
                new Faults(segment, delay, answerDelay, corrupt, duplicate, mute, reconnect, storm),
                seed,
                Optional.ofNullable(record));
    }

    private Protocol protocol() {
        if (Protocol.builtins().contains(file)) {
            return Protocol.builtin(file);
        }
        if (!Files.exists(Path.of(file))) {
            throw new IllegalArgumentException(
                    file + ": no such file (expected: a definition, or one of " + Protocol.builtins() + ")");
        }
        return Protocol.load(Path.of(file));
    }

    /** How many reports of a device are under way at a time, if they are to be as many as the server takes. */
    Optional<Integer> flood() {
        return rate.equals(MAX) ? Optional.of(window) : Optional.empty();
    }

    private Duration interval() {
        if (rate.isEmpty() || rate.equals(MAX)) {
            return interval == null ? Duration.ofSeconds(5) : interval;
        }
        if (!RATE.matcher(rate).matches() || interval != null) {
            throw new IllegalArgumentException(
                    "--rate: " + rate + " (expected: a number above 0, or max; and no --interval)");
        }
        return Duration.ofNanos(Math.max(1, (long) (devices / Double.parseDouble(rate) * 1e9)));
    }

    /** Four channels for the founding protocol: one value alone is no picture. */
    private List<DeviceModel.Vary> varied() {
        if (vary.isEmpty() && file.equals(FOUNDING)) {
            return List.of(new DeviceModel.Vary("ch", 1, 4));
        }
        return vary.stream().map(SimulateOptions::vary).toList();
    }

    private static DeviceModel.Vary vary(String text) {
        Matcher matcher = VARY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--vary: " + text + " (expected: FIELD=A..B, for example ch=1..4)");
        }
        return new DeviceModel.Vary(
                matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    private KeyRing keys(DeviceModel model) {
        if (keysFile == null) {
            KeyRing.Key one = oneKey();
            return device -> Optional.of(one);
        }
        Map<String, KeyRing.Key> keys = new HashMap<>();
        for (DeviceConfig device : ConfigFile.load(keysFile, System.getenv()).devices()) {
            device.keys().entrySet().stream()
                    .max(Map.Entry.comparingByKey())
                    .ifPresent(newest -> keys.put(
                            device.serial(), new KeyRing.Key(newest.getKey(), KeySizes.bytes(newest.getValue()))));
        }
        for (int i = 0; i < devices; i++) {
            String serial = model.device(first + i).orElse("");
            if (!keys.containsKey(serial)) {
                throw new IllegalArgumentException(
                        "--keys: no key of " + serial + " (expected: one of each device; see --first and --devices)");
            }
        }
        return device -> Optional.ofNullable(keys.get(device));
    }

    private KeyRing.Key oneKey() {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--key: not shown (expected: 32 hexadecimal digits, or NUMBER:DIGITS)");
        }
        int slot = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        return new KeyRing.Key(slot, HexFormat.of().parseHex(matcher.group(2)));
    }
}
