package dev.tramway.server.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.Protocol;
import dev.tramway.frames.secure.SecureLink;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.FleetStats;
import dev.tramway.server.internal.simulate.KeyRing;
import dev.tramway.server.internal.sink.Ports;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Simulated devices with keys, a server in a process of its own, and somebody between them who listens, counts and repeats. */
@EnabledOnOs(OS.LINUX)
class SecureEndToEndTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final int DEVICES = 4;

    /** Of the founding protocol, in bytes. */
    private static final int MEASUREMENT = 32;

    private static final int ACKNOWLEDGEMENT = 27;
    private static final int LENGTH = 1;
    private static final int PROOF = SecureLink.STREAM_OVERHEAD;

    @TempDir
    private Path directory;

    private int port;
    private int api;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        port = Ports.free();
        api = Ports.free();
        var text = new StringBuilder("""
                listeners:
                  plant: { port: %d, protocol: aqua-plc, secure: compact-ccm }
                sinks:
                  file: { type: file, path: out/readings.jsonl }
                api: { port: %d }
                state: state
                devices:
                """.formatted(port, api));
        for (int device = 0; device < DEVICES; device++) {
            text.append("  pump-%d: { serial: \"%08d\", key: %s }%n".formatted(device, 200_110 + device, KEY));
        }
        config = Files.writeString(directory.resolve("server.yaml"), text.toString());
    }

    @Test
    void aReadingTakesFortyThreeBytesAndCannotBeRepeated() throws Exception {
        try (ServeProcess server = ServeProcess.start(config, api, List.of());
                Tap tap = new Tap(port);
                Fleet fleet = Fleet.start(settings(tap.port()))) {
            Waits.asserted(() -> assertThat(fleet.stats().acknowledged()).isGreaterThan(100));
            for (int device = 0; device < DEVICES; device++) {
                assertThat(server.get("/api/v1/devices/pump-" + device))
                        .contains("\"secure\":\"compact-ccm\"", "\"state\":\"ONLINE\"");
            }

            tap.wires().getFirst().repeatLast(LENGTH + MEASUREMENT + SecureLink.STREAM_OVERHEAD);
            Waits.asserted(() -> assertThat(failures(server)).isEqualTo(1));
            Waits.asserted(() -> assertThat(fleet.stats().reconnects()).isEqualTo(1));

            FleetStats stats = fleet.stop(Duration.ofSeconds(30));
            repeatAll(tap.wires().get(1).up());
            Waits.asserted(() -> assertThat(failures(server)).isEqualTo(2));

            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
            assertBytes(tap, stats);
            Waits.asserted(() -> assertThat(server.figures().get("tramway_sink_lag{sink=\"file\"}"))
                    .isZero());
            assertThat(server.stop()).isZero();
            assertThat((long) Ids.in(directory.resolve("out")).size()).isEqualTo(stats.reported());
        }
    }

    /** Hello and proof once for each connection, then nothing but records of one reading each. */
    private static void assertBytes(Tap tap, FleetStats stats) {
        long readings = 0;
        long bytes = 0;
        for (Tap.Wire wire : tap.wires()) {
            List<Integer> up = Tap.records(wire.up());
            assertThat(up.get(1)).isEqualTo(PROOF);
            List<Integer> records = up.subList(2, up.size());
            assertThat(records).containsOnly(MEASUREMENT + SecureLink.STREAM_OVERHEAD);
            readings += records.size();
            bytes += wire.up().length - 2L * LENGTH - up.get(0) - PROOF;
            List<Integer> down = Tap.records(wire.down());
            assertThat(down.subList(2, down.size())).containsOnly(ACKNOWLEDGEMENT + SecureLink.STREAM_OVERHEAD);
        }
        assertThat(readings)
                .isBetween(stats.acknowledged(), stats.sent()); // some were sent into the connection that ended
        assertThat(bytes).isEqualTo(43 * readings);
    }

    /** Somebody comes with all that a device has said on another connection. */
    private void repeatAll(byte[] recorded) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(recorded);
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.net.SocketException reset) {
            // an end as well
        }
    }

    private static double failures(ServeProcess server) throws IOException, InterruptedException {
        return server.figures().get("tramway_key_failures_total{listener=\"plant\"}");
    }

    private static FleetSettings settings(int port) {
        return new FleetSettings(
                DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND),
                "127.0.0.1",
                port,
                List.of(),
                DEVICES,
                0,
                Duration.ofMillis(40),
                Duration.ZERO,
                Duration.ZERO,
                1_000,
                Optional.of(
                        device -> Optional.of(new KeyRing.Key(0, HexFormat.of().parseHex(KEY)))),
                Faults.NONE,
                1,
                Optional.empty());
    }
}
