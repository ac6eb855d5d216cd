package dev.tramway.server.internal.config;

import dev.tramway.server.internal.config.DeviceConfig.AlarmConfig;
import dev.tramway.server.internal.config.DeviceConfig.PartConfig;
import dev.tramway.server.internal.config.DeviceConfig.PartsConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.yaml.Problem;
import dev.tramway.server.internal.yaml.Problems;
import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Reads devices. Used by one thread. */
final class DeviceReader {
    private static final int MAX_KEYS = 16;

    /** What the parts of a part are called, from the outside in. */
    private static final List<String> LEVELS = List.of("slaves", "sensors", "channels");

    private final Set<String> protocols;
    private final Problems problems;

    DeviceReader(Set<String> protocols, Problems problems) {
        this.protocols = protocols;
        this.problems = problems;
    }

    DeviceConfig read(Yaml.Entry entry) {
        Section section = Section.of(entry.value(), "a device");
        String serial = problems.attempt(
                () -> section.needText("serial", "write what the device calls itself, in quotes"),
                entry.key().text());
        Optional<String> protocol = problems.attempt(() -> protocol(section), Optional.empty());
        DeviceConfig device = new DeviceConfig(
                entry.key().text(),
                serial,
                protocol,
                problems.attempt(() -> section.text("certificate"), Optional.empty()),
                problems.attempt(() -> keys(section), Map.of()),
                problems.attempt(() -> section.time("missing-after"), Optional.<Duration>empty())
                        .orElse(Duration.ZERO),
                problems.attempt(() -> section.time("lost-after"), Optional.<Duration>empty())
                        .orElse(Duration.ZERO),
                problems.attempt(() -> parts(section), PartsConfig.NONE),
                problems.attempt(() -> alarms(section), Map.of()),
                entry.key().at());
        section.finish(problems);
        return device;
    }

    private Optional<String> protocol(Section section) {
        return section.scalar("protocol").map(value -> {
            if (!protocols.contains(value.text())) {
                throw value.at()
                        .flaw(
                                "protocol " + value.kind(),
                                "one that is built in, or that a listener names",
                                Section.meant(value.text(), protocols, "name it at a listener first"));
            }
            return value.text();
        });
    }

    // ---- keys -------------------------------------------------------------------------------------------------------

    private static Map<Integer, Secret> keys(Section section) {
        Map<Integer, Secret> keys = new TreeMap<>();
        section.scalar("key").ifPresent(value -> keys.put(0, key(value)));
        for (Yaml.Entry entry : section.section("keys", "keys by number").entries()) {
            int number = Section.integer(entry.key(), "number of a key", 0, MAX_KEYS - 1);
            Secret key = key(Section.scalar(entry.value(), "a key"));
            if (keys.put(number, key) != null) {
                throw entry.key().at().flaw("key " + number + " again", "each number once", "'key' is number 0");
            }
        }
        return keys;
    }

    /** A key; what is wrong with it is said without showing it. */
    private static Secret key(Yaml.Scalar value) {
        String digits = value.text().replace(" ", "");
        if (digits.length() % 2 != 0
                || digits.length() < 32
                || digits.length() > 128
                || !digits.matches("[0-9a-fA-F]+")) {
            throw value.at()
                    .flaw(
                            "a key of " + digits.length() + " characters",
                            "32 to 128 hex digits, in quotes",
                            "make one: openssl rand -hex 16");
        }
        return new Secret(digits);
    }

    // ---- slaves, sensors, channels ----------------------------------------------------------------------------------

    private PartsConfig parts(Section device) {
        Section fields = device.section("fields", "fields that name slave, sensor and channel");
        PartsConfig parts = new PartsConfig(
                fields.text("slave").orElse(""),
                fields.text("sensor").orElse(""),
                fields.text("channel").orElse(""),
                parts(device, 0));
        fields.finish(problems);
        return parts;
    }

    private List<PartConfig> parts(Section owner, int level) {
        if (level == LEVELS.size()) {
            return List.of();
        }
        List<PartConfig> parts = new ArrayList<>();
        Set<Long> codes = new HashSet<>();
        String what = LEVELS.get(level);
        for (Yaml.Entry entry : owner.section(what, what + " by name").entries()) {
            problems.read(() -> part(entry, level)).ifPresent(part -> {
                parts.add(part);
                if (!codes.add(part.code())) {
                    problems.add(new Problem(
                            entry.key().at(),
                            "code " + part.code() + " again",
                            "each code once",
                            "correct one of them"));
                }
            });
        }
        return List.copyOf(parts);
    }

    /** A part: a mapping, or just its code. */
    private PartConfig part(Yaml.Entry entry, int level) {
        ConfigReader.requireName(entry.key());
        String name = entry.key().text();
        if (entry.value() instanceof Yaml.Scalar code) {
            return new PartConfig(
                    name,
                    Section.integer(code, "the code of '" + name + "'", 0, 999_999_999),
                    List.of(),
                    Optional.empty());
        }
        Section section = Section.of(entry.value(), "one of the " + LEVELS.get(level));
        Yaml.Scalar code = section.scalar("code")
                .orElseThrow(() -> section.missing("code", "write the number that stands for it in messages"));
        PartConfig part = new PartConfig(
                name,
                Section.integer(code, "a code", 0, 999_999_999),
                parts(section, level + 1),
                level > 0 && section.has("alarm")
                        ? problems.read(() -> alarm(section.section("alarm", "limits")))
                        : Optional.empty());
        section.finish(problems);
        return part;
    }

    // ---- alarms -----------------------------------------------------------------------------------------------------

    private Map<String, AlarmConfig> alarms(Section device) {
        Map<String, AlarmConfig> alarms = new LinkedHashMap<>();
        for (Yaml.Entry entry :
                device.section("alarms", "alarms by the name of the reading").entries()) {
            problems.read(() -> alarm(Section.of(entry.value(), "an alarm")))
                    .ifPresent(alarm -> alarms.put(entry.key().text(), alarm));
        }
        return alarms;
    }

    private AlarmConfig alarm(Section section) {
        AlarmConfig alarm = new AlarmConfig(
                level(section, "high-high"),
                level(section, "high"),
                level(section, "low"),
                level(section, "low-low"),
                section.number("hysteresis").orElse(0.0),
                section.time("missing-after").orElse(Duration.ZERO));
        section.finish(problems);
        double[] levels = java.util.stream.Stream.of(alarm.lowLow(), alarm.low(), alarm.high(), alarm.highHigh())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        for (int i = 1; i < levels.length; i++) {
            if (levels[i - 1] >= levels[i]) {
                throw section.at()
                        .flaw("levels that overlap", "low-low < low < high < high-high", "correct the levels");
            }
        }
        if (levels.length == 0 && alarm.missingAfter().isZero()) {
            throw section.at()
                    .flaw("no level", "high-high, high, low, low-low or missing-after", "give at least one of them");
        }
        if (alarm.hysteresis() < 0) {
            throw section.at("hysteresis").flaw("less than zero", "0 or more", "write how far a value must come back");
        }
        return alarm;
    }

    private static OptionalDouble level(Section section, String key) {
        return section.number(key).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
