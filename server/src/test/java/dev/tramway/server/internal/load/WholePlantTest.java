package dev.tramway.server.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.FleetStats;
import dev.tramway.server.internal.sink.Mosquitto;
import dev.tramway.server.internal.sink.Ports;
import dev.tramway.server.internal.sink.Postgres;
import dev.tramway.server.internal.sink.Posts;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * From devices to a file, a broker, a database and a webhook, through a server in a process of its own: each has every reading, copies
 * left out, while the broker goes and comes back, all devices drop and return together, and the server is killed and started again.
 */
@EnabledOnOs(OS.LINUX)
class WholePlantTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final int api = Ports.free();

    WholePlantTest() throws IOException {}

    @Test
    @Timeout(180)
    void aFewDevices() throws Exception {
        everyReadingArrives(20, Duration.ofMillis(200), Duration.ofSeconds(1));
    }

    /** The broker is away for a minute. */
    @Test
    @Tag("long")
    @Timeout(1_800)
    void aThousandDevices() throws Exception {
        everyReadingArrives(1_000, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** The same with as many as one machine is promised to carry. */
    @Test
    @Tag("long")
    @Timeout(1_800)
    void tenThousandDevices() throws Exception {
        everyReadingArrives(10_000, Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    private void everyReadingArrives(int devices, Duration interval, Duration away) throws Exception {
        try (Mosquitto broker = Mosquitto.start(Files.createDirectory(directory.resolve("broker")));
                Mosquitto.Listener listener = broker.listen("plant/#");
                Postgres database = Postgres.create();
                Posts hook = Posts.start()) {
            Path config = config("""
                      file: { type: file, path: out/readings.jsonl, keep: 1000 }
                      broker: { type: mqtt, url: 'tcp://localhost:%d', topic: 'plant/{device}' }
                      database: { type: postgresql, url: '%s' }
                      hook: { type: webhook, url: '%s' }
                    """.formatted(broker.port(), database.url(), hook.url("/hook")));
            try (Fleet fleet = Fleet.start(settings(devices, interval))) {
                try (ServeProcess server = ServeProcess.start(config, api, List.of())) {
                    awaitMore(fleet, 5 * devices);
                    broker.stop();
                    awaitMore(fleet, 2 * devices);
                    server.kill();
                }
                try (ServeProcess server = ServeProcess.start(config, api, List.of())) {
                    awaitMore(fleet, 2 * devices);
                    fleet.storm();
                    TimeUnit.MILLISECONDS.sleep(away.toMillis()); // nothing is waited for: the broker is just away
                    broker.startAgain();
                    awaitMore(fleet, 2 * devices);
                    Waits.asserted(
                            PATIENCE,
                            () -> assertThat(fleet.stats().connected()).isEqualTo(devices));
                    FleetStats stats = fleet.stop(PATIENCE);
                    assertThat(stats.lost()).as("given up by devices").isZero();
                    assertThat(stats.acknowledged()).isEqualTo(stats.reported());
                    for (String sink : List.of("file", "broker", "database", "hook")) {
                        Waits.asserted(
                                PATIENCE,
                                () -> assertThat(server.figures().get("tramway_sink_lag{sink=\"" + sink + "\"}"))
                                        .as(sink)
                                        .isZero());
                    }
                    assertThat(server.stop()).isZero();

                    Set<String> ids = Ids.in(directory.resolve("out"));
                    assertThat((long) ids.size()).isEqualTo(stats.reported());
                    assertThat(Ids.in(hook.taken())).isEqualTo(ids);
                    assertThat(new HashSet<>(database.query("select id from readings")))
                            .isEqualTo(ids);
                    Waits.asserted(
                            PATIENCE, () -> assertThat(Ids.in(listener.texts())).isEqualTo(ids));
                }
            }
        }
    }

    private static void awaitMore(Fleet fleet, int reports) {
        long wanted = fleet.stats().acknowledged() + reports;
        Waits.asserted(PATIENCE, () -> assertThat(fleet.stats().acknowledged()).isGreaterThanOrEqualTo(wanted));
    }

    private Path config(String sinks) throws IOException {
        return Files.writeString(directory.resolve("server.yaml"), """
                listeners:
                  plant:
                    port: %d
                    protocol: aqua-plc
                    unknown: accept
                    limits: { per-address: 0, accept-rate: 0 }
                api: { port: %d }
                state: state
                sinks:
                """.formatted(port, api) + sinks);
    }

    private FleetSettings settings(int devices, Duration interval) {
        return new FleetSettings(
                DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND),
                "127.0.0.1",
                port,
                List.of(),
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
}
