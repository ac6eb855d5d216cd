package dev.tramway.server.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.config.ListenerConfig.Limits;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ListenerConfig.Transport;
import dev.tramway.server.internal.config.ListenerConfig.Unknown;
import dev.tramway.server.internal.yaml.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("server.yaml"), text);
    }

    private ServerConfig read(String text, Map<String, String> environment) throws IOException {
        return ConfigFile.load(file(text), environment);
    }

    private List<Problem> problems(String text) throws IOException {
        Path file = file(text);
        try {
            ConfigFile.load(file, Map.of());
            throw new AssertionError("nothing was found wrong");
        } catch (ConfigException wrong) {
            return wrong.problems();
        }
    }

    @Test
    void aVariableThatIsNotSetIsSaidOnce() throws IOException {
        assertThat(problems("listeners: { chat: { role: chat, port: 0 } }\napi: { token: \"${T}\" }\n"))
                .singleElement()
                .asString()
                .contains("'${T}', which is not set");
    }

    @Test
    void theBuiltInOneListensOnLoopbackOnlyWhereItIsSaidTo() {
        ServerConfig config = ConfigFile.builtin(Map.of());
        assertThat(config.listeners())
                .allSatisfy(listener -> assertThat(listener.address()).isEqualTo("127.0.0.1"));
        assertThat(config.listeners().stream().flatMap(listener -> listener.ports().stream()))
                .containsExactly(1111, 2222, 3333, 3334, 12986, 12987);
        assertThat(config.api().port()).isEqualTo(8080);
        assertThat(config.api().address()).isEqualTo("127.0.0.1");
        assertThat(config.listeners().stream()
                        .flatMap(listener -> listener.telemetry().stream())
                        .flatMap(telemetry -> telemetry.protocols().stream())
                        .distinct())
                .extracting(ListenerConfig.ProtocolConfig::name)
                .containsExactly("aqua-plc", "gt06");
    }

    @Test
    void limitsAreOnUnlessTheyAreSwitchedOff() throws IOException {
        ServerConfig config = read("""
                listeners:
                  on: { port: 1, role: echo }
                  off:
                    port: 2
                    role: echo
                    limits: { idle: 0s, handshake: 0s, first-byte: 0s, write: 0s, slowest-reader: 0, connections: 0, per-address: 0, accept-rate: 0 }
                """, Map.of());
        assertThat(config.listeners().get(0).limits()).isEqualTo(Limits.DEFAULT);
        Limits off = config.listeners().get(1).limits();
        assertThat(off.idle()).isZero();
        assertThat(off.perAddress()).isZero();
        assertThat(off.slowest()).isZero();
        assertThat(Limits.DEFAULT.slowest()).isPositive();
        assertThat(config.outboundBudget()).isPositive();
        assertThat(read("outbound-budget: 0\nlisteners: { on: { port: 1, role: echo } }", Map.of())
                        .outboundBudget())
                .isZero();
    }

    @Test
    void theEnvironmentChangesWhatIsThereAndAddsWhatIsNot() throws IOException {
        ServerConfig config = read(
                "listeners: { my-plant: { port: 1, protocol: aqua-plc } }",
                Map.of(
                        "TRAMWAY_LISTENERS__MY_PLANT__PORT", "77",
                        "TRAMWAY_LISTENERS__MY_PLANT__LIMITS__FIRST_BYTE", "3s",
                        "TRAMWAY_LISTENERS__MY_PLANT__PROTOCOLS", "[gt06, jt600]",
                        "TRAMWAY_API__PORT", "9090",
                        "TRAMWAY_DRAIN", "7s",
                        "TRAMWAY_HOME", "not ours"));
        ListenerConfig listener = config.listeners().get(0);
        assertThat(listener.ports()).containsExactly(77);
        assertThat(listener.limits().firstByte()).isEqualTo(Duration.ofSeconds(3));
        assertThat(listener.telemetry().orElseThrow().protocols()).hasSize(3);
        assertThat(config.api().port()).isEqualTo(9090);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatIsWrongInTheEnvironmentIsNamedByItsVariable() throws IOException {
        Path file = file("listeners: { plant: { port: 1, protocol: aqua-plc } }");
        assertThatThrownBy(() -> ConfigFile.load(file, Map.of("TRAMWAY_API__PORT", "many")))
                .hasMessageContaining("$TRAMWAY_API__PORT:1:1: 'many'");
        assertThatThrownBy(() -> ConfigFile.load(file, Map.of("TRAMWAY_APPI__PORT", "1")))
                .hasMessageContaining("did you mean 'api'?");
    }

    @Test
    void valuesMayComeFromTheEnvironmentAndSecretsAreNotShown() throws IOException {
        ServerConfig config = read("""
                listeners: { plant: { port: 1, protocol: aqua-plc } }
                api: { token: "${TOKEN}" }
                """, Map.of("TOKEN", "0123456789abcdef-secret"));
        assertThat(config.api().token().orElseThrow().reveal()).isEqualTo("0123456789abcdef-secret");
        assertThat(config.toString()).doesNotContain("secret");
        assertThat(problems("""
                        listeners: { plant: { port: 1, protocol: aqua-plc } }
                        api: { token: "${NO_SUCH_TOKEN}" }
                        """))
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("server.yaml:2:15")
                        .contains("NO_SUCH_TOKEN"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceEachWithItsPlace() throws IOException {
        assertThat(problems("""
                        listeners:
                          plant: { prot: 12986, protocol: aqua-plk }
                          chat: { role: chart, port: 70000 }
                        devices:
                          pump: { serial: "1", key: 1234 }
                        apy: { port: 1 }
                        """))
                .extracting(problem -> problem.at().line() + ": " + problem.hint())
                .containsExactly(
                        "2: did you mean 'port'?",
                        "2: did you mean 'aqua-plc'?",
                        "3: did you mean 'chat'?",
                        "5: make one: openssl rand -hex 16",
                        "6: did you mean 'api'?");
    }

    @Test
    void byteOrderMarksAndWindowsLinesAreReadAndOtherCodePagesAreNot() throws IOException {
        ServerConfig config =
                read("\uFEFFlisteners:\r\n  plant:\r\n    port: 1\r\n    protocol: aqua-plc\r\n", Map.of());
        assertThat(config.listeners().get(0).role()).isEqualTo(Role.TELEMETRY);
        assertThat(config.listeners().get(0).transport()).isEqualTo(Transport.TCP);
        assertThat(config.listeners().get(0).telemetry().orElseThrow().unknown())
                .isEqualTo(Unknown.QUARANTINE);
        Path file = directory.resolve("cp1251.yaml");
        Files.write(file, "listeners: {}\n# насос\n".getBytes(Charset.forName("windows-1251")));
        assertThatThrownBy(() -> ConfigFile.load(file, Map.of()))
                .hasMessageContaining("cp1251.yaml:2:3")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void sinksKeepTheirOptions() throws IOException {
        ServerConfig config = read("""
                listeners: { plant: { port: 1, protocol: aqua-plc } }
                sinks:
                  broker: { type: mqtt, url: "tcp://localhost:1883", topic: "plant/{device}/{name}" }
                """, Map.of());
        ServerConfig.SinkConfig sink = config.sinks().get(0);
        assertThat(sink.type()).isEqualTo("mqtt");
        assertThat(sink.options().text("topic")).isEqualTo("plant/{device}/{name}");
    }

    @Test
    void aClusterIsReadAndItsMistakesAreNamed() throws IOException {
        String listeners = "listeners: { plant: { port: 1, protocol: aqua-plc } }\n";
        assertThat(read(listeners, Map.of()).cluster()).isEmpty();
        ServerConfig.ClusterConfig cluster = read(
                        listeners + "cluster: { url: [ 'nats://a:4222', 'tls://b' ], prefix: plant, name: east }",
                        Map.of())
                .cluster()
                .orElseThrow();
        assertThat(cluster.urls()).containsExactly("nats://a:4222", "tls://b");
        assertThat(cluster.prefix()).isEqualTo("plant");
        assertThat(cluster.name()).contains("east");
        assertThat(cluster.replicas()).isEqualTo(1);
        assertThat(cluster.required()).isFalse();
        assertThat(read(listeners + "cluster: { url: 'nats://a', required: true }", Map.of())
                        .cluster())
                .hasValueSatisfying(strict -> assertThat(strict.required()).isTrue());
        assertThatThrownBy(() -> read(listeners + "cluster: { prefix: plant }", Map.of()))
                .hasMessageContaining("'url'");
        assertThatThrownBy(() -> read(listeners + "cluster: { url: 'http://a' }", Map.of()))
                .hasMessageContaining("an address of NATS");
        assertThatThrownBy(() -> read(listeners + "cluster: { url: 'nats://a', prefix: a.b }", Map.of()))
                .hasMessageContaining("'a.b' (expected: up to 64 letters");
        assertThatThrownBy(() -> read(listeners + "cluster: { url: 'nats://a', replicas: 9 }", Map.of()))
                .hasMessageContaining("1 to 5");
    }

    @Test
    void wrongOptionsOfSinksAreNamedWithTheirPlaces() throws IOException {
        assertThatThrownBy(() -> read("""
                        listeners: { plant: { port: 1, protocol: aqua-plc } }
                        sinks:
                          broker: { type: mqtt, url: "tcp://localhost:1883", qos: 7 }
                          disk: { type: file, pth: readings.jsonl }
                          oracle: { type: delphi }
                        """, Map.of()))
                .hasMessageContaining(":3:")
                .hasMessageContaining("qos: '7' (expected: ")
                .hasMessageContaining("'path' is missing")
                .hasMessageContaining("'delphi' is no kind of sink (expected: one of file, influxdb");
    }
}
