package dev.tramway.bench;

import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.scenario.Plan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The conditions of a measurement. */
final class Environment {
    private Environment() {}

    /** What a reader needs to judge the figures. */
    static List<String> facts(Plan plan, Pinning pinning) {
        return List.of(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors() + " x " + processor(),
                "Java " + Runtime.version(),
                "flags " + String.join(" ", Contender.Java.flags()),
                pinning.toString(),
                "load average " + loadAverage() + " at the end",
                plan.toString());
    }

    private static String loadAverage() {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "%.1f", average);
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // not Linux
        }
    }
}
