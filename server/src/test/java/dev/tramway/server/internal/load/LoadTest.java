package dev.tramway.server.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.FleetStats;
import dev.tramway.server.internal.simulate.Flood;
import dev.tramway.server.internal.simulate.FloodReport;
import dev.tramway.server.internal.simulate.FloodStats;
import dev.tramway.server.internal.sink.Ports;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many devices and a server in a process of its own: what devices have sent, what was acknowledged and what a file has, copies left
 * out, are the same. The long forms say what it costs.
 */
@EnabledOnOs(OS.LINUX)
class LoadTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int DEVICES = Integer.getInteger("load.devices", 10_000);

    /** Two ends of 20,000 connections are more than one address has ports for while old ones are still closing. */
    private static final List<String> ADDRESSES =
            IntStream.rangeClosed(1, 40).mapToObj(i -> "127.0.1." + i).toList();

    @TempDir
    private Path directory;

    private Path config;
    private int port;
    private int api;

    @BeforeEach
    void configure() throws IOException {
        port = Ports.free();
        api = Ports.free();
        config = write("file: { type: file, path: out/readings.jsonl, keep: 1000 }");
    }

    private Path write(String sink) throws IOException {
        return Files.writeString(directory.resolve("server.yaml"), """
                listeners:
                  plant:
                    port: %d
                    protocol: aqua-plc
                    unknown: accept
                    limits: { connections: 20000, per-address: 0, accept-rate: 0, first-byte: 0s }
                sinks:
                  %s
                spool: { limit: 16GiB }
                api: { port: %d }
                state: state
                """.formatted(port, sink, api));
    }

    // ---- many devices, now and then ---------------------------------------------------------------------------------

    /** The promise: 10,000 devices, each a frame every 10 s, for five minutes; {@code -Dload.devices} and the like change it. */
    @Test
    @Tag("long")
    @Timeout(1_200)
    void tenThousandDevices() throws Exception {
        steady(DEVICES, Duration.ofSeconds(10), Duration.ofSeconds(Integer.getInteger("load.seconds", 300)));
    }

    private void steady(int devices, Duration interval, Duration time) throws Exception {
        try (ServeProcess server = ServeProcess.start(config, api, List.of());
                Fleet fleet = Fleet.start(settings(devices, interval))) {
            awaitAll(fleet, devices);
            tell(String.format(Locale.ROOT, "%d devices are connected: %s", devices, server.usage()));
            double before = server.figures().get("process_cpu_seconds_total");
            TimeUnit.MILLISECONDS.sleep(time.toMillis()); // that they report for so long is what is tried
            double after = server.figures().get("process_cpu_seconds_total");
            tell(String.format(
                    Locale.ROOT, "%.1f s of CPU in %d s: %s", after - before, time.toSeconds(), server.usage()));
            FleetStats stats = fleet.stop(PATIENCE);
            Figures figures = server.figures();
            assertThat(stats.reconnects()).isZero();
            assertThat(stats.reported()).isGreaterThan(devices * time.toMillis() / interval.toMillis() / 2);
            assertNothingIsLost(stats);
            stop(server);
            tell(String.format(
                    Locale.ROOT,
                    "%d reported, %d acknowledged, %d messages repeated; store: %s",
                    stats.reported(),
                    stats.acknowledged(),
                    stats.repeated(),
                    latency(figures)));
            assertEachOnce(stats);
        }
    }

    // ---- all drop and come back -------------------------------------------------------------------------------------

    @Test
    void aHundredDevicesDropAndReturnTogether() throws Exception {
        storm(100, 2, Duration.ofMillis(500));
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void tenThousandDevicesDropAndReturnTogether() throws Exception {
        storm(DEVICES, Integer.getInteger("load.storms", 5), Duration.ofSeconds(10));
    }

    /** First they drop, then the server is killed and started again. */
    private void storm(int devices, int times, Duration interval) throws Exception {
        try (Fleet fleet = Fleet.start(settings(devices, interval))) {
            try (ServeProcess server = ServeProcess.start(config, api, List.of())) {
                awaitAll(fleet, devices);
                for (int storm = 1; storm <= times; storm++) {
                    long returned = fleet.stats().reconnects() + devices;
                    Stopwatch watch = new Stopwatch();
                    fleet.storm();
                    Waits.asserted(
                            PATIENCE,
                            () -> assertThat(fleet.stats().reconnects()).isGreaterThanOrEqualTo(returned));
                    awaitAll(fleet, devices);
                    tell("storm " + storm + ": all are back after " + watch);
                }
                tell(server.usage());
                server.kill();
            }
            Waits.asserted(PATIENCE, () -> assertThat(fleet.stats().connected()).isZero());
            Stopwatch watch = new Stopwatch();
            try (ServeProcess server = ServeProcess.start(config, api, List.of())) {
                String ready = watch.toString();
                awaitAll(fleet, devices);
                tell("killed, and started again: ready after " + ready + ", all are back after " + watch);
                FleetStats stats = fleet.stop(PATIENCE);
                assertNothingIsLost(stats);
                tell(String.format(
                        Locale.ROOT,
                        "%d reported, %d acknowledged, %d repeated; %s",
                        stats.reported(),
                        stats.acknowledged(),
                        stats.repeated(),
                        server.usage()));
                stop(server);
                assertEachOnce(stats);
            }
        }
    }

    private static void awaitAll(Fleet fleet, int devices) {
        Waits.asserted(PATIENCE, () -> assertThat(fleet.stats().connected()).isEqualTo(devices));
    }

    /** Tells how long something took. */
    private static final class Stopwatch {
        private final long began = System.nanoTime();

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - began) / 1e9);
        }
    }

    // ---- as fast as it can ------------------------------------------------------------------------------------------

    @Test
    void aFloodIsStored() throws Exception {
        flood(10, Duration.ofSeconds(1));
    }

    /**
     * What one core sustains from socket to spool: the server has one loop and core 0, the devices have the others. Its sink takes
     * nothing, so that no time goes into it; {@code -Dload.sink} may name another.
     */
    @Test
    @Tag("long")
    @Timeout(1_200)
    void oneCoreFromSocketToSpool() throws Exception {
        config = write(System.getProperty("load.sink", "away: { type: webhook, url: 'http://127.0.0.1:1/' }"));
        flood(Integer.getInteger("load.senders", 100), Duration.ofSeconds(Integer.getInteger("load.seconds", 60)));
    }

    private void flood(int devices, Duration time) throws Exception {
        String[] jvm = System.getProperty("load.jvm", "-Xmx1g").split(" ");
        try (ServeProcess server = ServeProcess.start(config, api, List.of("taskset", "-c", "0"), jvm);
                Flood flood = Flood.start(settings(devices, Duration.ofSeconds(1)), 200)) {
            var report = new FloodReport(new PrintWriter(System.out, true, StandardCharsets.UTF_8), false);
            Figures middle = server.figures();
            for (int part = 0; part < 10; part++) {
                middle = part == 5 ? server.figures() : middle;
                TimeUnit.MILLISECONDS.sleep(time.toMillis() / 10);
                report.show(flood.stats());
            }
            Figures end = server.figures();
            double cpu = end.get("process_cpu_seconds_total") - middle.get("process_cpu_seconds_total");
            double stored = end.get("tramway_spool_stored_total") - middle.get("tramway_spool_stored_total");
            FloodStats stats = flood.stop(PATIENCE);
            report.close(stats);
            tell(String.format(
                    Locale.ROOT,
                    "%.0f readings stored in a second of the server's CPU; %s; store: %s",
                    stored / cpu,
                    server.usage(),
                    latency(end)));
            assertThat(stats.ended()).isZero();
            assertThat(stats.underWay()).as("not acknowledged").isZero();
            assertThat(Math.round(server.figures().get("tramway_spool_stored_total")))
                    .isEqualTo(stats.acknowledged());
            assertThat(server.stop()).isZero();
        }
    }

    // ---- what is compared -------------------------------------------------------------------------------------------

    private FleetSettings settings(int devices, Duration interval) {
        return new FleetSettings(
                DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND),
                "127.0.0.1",
                port,
                ADDRESSES,
                devices,
                0,
                interval,
                Duration.ZERO,
                Duration.ofSeconds(30),
                1_000,
                Optional.empty(),
                Faults.NONE,
                1,
                Optional.empty());
    }

    /** Stops a server in order, once its sink has all that is stored. */
    private static void stop(ServeProcess server) throws InterruptedException {
        Waits.asserted(
                PATIENCE,
                () -> assertThat(server.figures().get("tramway_sink_lag{sink=\"file\"}"))
                        .isZero());
        assertThat(server.stop()).isZero();
    }

    private static void assertNothingIsLost(FleetStats stats) {
        assertThat(stats.lost()).as("given up by devices").isZero();
        assertThat(stats.waiting()).as("not acknowledged").isZero();
        assertThat(stats.acknowledged()).isEqualTo(stats.reported());
    }

    /** Every report is in the file, copies left out. */
    private void assertEachOnce(FleetStats stats) throws IOException {
        assertThat((long) Ids.in(directory.resolve("out")).size()).isEqualTo(stats.reported());
    }

    /** Times that half of all, and all but one of a hundred, did not exceed. */
    private static String latency(Figures figures) {
        return String.format(
                Locale.ROOT,
                "half within %.2f ms, 99 %% within %.2f ms",
                1_000 * figures.quantile("tramway_store_seconds", 0.5),
                1_000 * figures.quantile("tramway_store_seconds", 0.99));
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}
