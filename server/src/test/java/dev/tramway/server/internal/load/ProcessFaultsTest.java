package dev.tramway.server.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.FleetStats;
import dev.tramway.server.internal.sink.Ports;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own to which the system denies something, by the rows of {@code docs/faults.md}. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class ProcessFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final int api = Ports.free();
    private Path config = Path.of("");

    ProcessFaultsTest() throws IOException {}

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(directory.resolve("server.yaml"), """
                listeners:
                  plant: { port: %d, protocol: aqua-plc, unknown: accept, limits: { per-address: 0 } }
                sinks:
                  file: { type: file, path: out/readings.jsonl }
                api: { port: %d }
                state: state
                """.formatted(port, api));
    }

    /** F3: a request to the page that grows by a byte now and then; its time is a tenth of what it is in earnest. */
    @Test
    @Tag("long")
    void aByteNowAndThenKeepsNoRequest() throws Exception {
        try (ServeProcess server = ServeProcess.start(config, api, List.of(), "-Dsun.net.httpserver.maxReqTime=1")) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), api);
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            Waits.asserted(() -> {
                slow.removeIf(ProcessFaultsTest::isEnded);
                assertThat(slow).isEmpty();
            });
            assertThat(server.get("/metrics")).contains("tramway_sessions");
        }
    }

    /** Sends another byte; true if that is not taken any more. */
    private static boolean isEnded(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    /** F7: more devices than descriptors. Those that are in go on, the others come in when there is room. */
    @Test
    void withoutDescriptorsWhoIsInGoesOn() throws Exception {
        try (ServeProcess server =
                        ServeProcess.start(config, api, List.of("prlimit", "--nofile=200:200"), ServeProcess.LOAD_ALL);
                Fleet first = Fleet.start(settings(20, 0))) {
            Waits.asserted(() -> assertThat(first.stats().acknowledged()).isGreaterThan(20));
            Fleet crowd = Fleet.start(settings(300, 1_000));
            try (crowd) {
                Waits.asserted(
                        PATIENCE, () -> assertThat(output()).anyMatch(line -> line.contains("Too many open files")));
                long before = first.stats().acknowledged();
                Waits.asserted(
                        PATIENCE, () -> assertThat(first.stats().acknowledged()).isGreaterThan(before + 100));
                assertThat(first.stats().reconnects()).isZero();
            }
            Waits.asserted(
                    PATIENCE,
                    () -> assertThat(server.figures().get("tramway_sessions{listener=\"plant\"}"))
                            .isEqualTo(20));
            try (Fleet later = Fleet.start(settings(20, 2_000))) {
                Waits.asserted(
                        PATIENCE, () -> assertThat(later.stats().acknowledged()).isGreaterThan(20));
                later.stop(PATIENCE);
            }
            FleetStats stats = first.stop(PATIENCE);
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
            assertThat(output().filter(line -> line.contains("Too many open files")))
                    .hasSizeLessThan(20);
        }
    }

    /** F55: the disk does not do what it is told. Nothing is acknowledged meanwhile, and nothing is missing afterwards. */
    @Test
    void whileTheDiskFailsNothingIsAcknowledged() throws Exception {
        try (ServeProcess server = ServeProcess.start(config, api, List.of());
                Fleet fleet = Fleet.start(settings(20, 0))) {
            Waits.asserted(() -> assertThat(fleet.stats().acknowledged()).isGreaterThan(20));
            Process failing = new ProcessBuilder(
                            "strace",
                            "-fqq",
                            "-e",
                            "trace=fsync,fdatasync",
                            "-e",
                            "inject=fsync,fdatasync:error=EIO",
                            "-o",
                            "/dev/null",
                            "-p",
                            String.valueOf(server.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("strace.out").toFile())
                    .start();
            try {
                Waits.asserted(() -> {
                    assumeThat(failing.isAlive())
                            .as("strace may look into processes")
                            .isTrue();
                    assertThat(server.get("/ready")).contains("cannot write to");
                });
                long before = fleet.stats().acknowledged();
                long reported = fleet.stats().reported();
                Waits.asserted(() -> assertThat(fleet.stats().reported()).isGreaterThan(reported + 40));
                assertThat(fleet.stats().acknowledged()).isEqualTo(before);
                assertThat(fleet.stats().reconnects()).isZero();
            } finally {
                failing.destroy();
                failing.waitFor();
            }
            Waits.asserted(PATIENCE, () -> assertThat(server.get("/ready")).doesNotContain("cannot write to"));
            FleetStats stats = fleet.stop(PATIENCE);
            assertThat(stats.lost()).isZero();
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
            Waits.asserted(
                    PATIENCE,
                    () -> assertThat((long) Ids.in(directory.resolve("out")).size())
                            .isEqualTo(stats.reported()));
            assertThat(output().filter(line -> line.contains("ERROR"))).hasSizeLessThan(20);
        }
    }

    /** F57: the server stands still for longer than its devices may be silent, but they have not been. */
    @Test
    @Tag("long")
    void aPauseOfTheServerEndsNobody() throws Exception {
        Files.writeString(
                config, Files.readString(config).replace("per-address: 0", "per-address: 0, idle: 5s, frame: 5s"));
        try (ServeProcess server = ServeProcess.start(config, api, List.of());
                Fleet fleet = Fleet.start(settings(200, 0))) {
            Waits.asserted(() -> assertThat(fleet.stats().acknowledged()).isGreaterThan(400));
            signal(server, "STOP");
            long reported = fleet.stats().reported();
            // Fifteen seconds of reports, of which the kernel takes what it has room for.
            Waits.asserted(PATIENCE, () -> assertThat(fleet.stats().reported()).isGreaterThan(reported + 15 * 1_000));
            signal(server, "CONT");
            FleetStats stats = fleet.stop(PATIENCE);
            assertThat(stats.reconnects()).isZero();
            assertThat(stats.lost()).isZero();
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
        }
    }

    private static void signal(ServeProcess server, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(server.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private Stream<String> output() throws IOException {
        return Files.readAllLines(directory.resolve("server.out")).stream();
    }

    private FleetSettings settings(int devices, int first) {
        return new FleetSettings(
                DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND),
                "127.0.0.1",
                port,
                List.of(),
                devices,
                first,
                Duration.ofMillis(200),
                Duration.ZERO,
                Duration.ofSeconds(2),
                1_000,
                Optional.empty(),
                Faults.NONE,
                1,
                Optional.empty());
    }
}
