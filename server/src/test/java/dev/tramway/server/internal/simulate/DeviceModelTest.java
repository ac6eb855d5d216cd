package dev.tramway.server.internal.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found out from definitions. */
class DeviceModelTest {
    private static final Instant NOW = Instant.parse("2026-11-27T01:02:03Z");

    /** Those whose tests show a message with readings that a device sends. */
    static Stream<String> reporting() {
        return Protocol.builtins().stream()
                .filter(name -> Protocol.builtin(name).samples(dev.tramway.frames.Direction.UP).stream()
                        .anyMatch(sample -> !sample.readings().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("reporting")
    void reportsOfEveryBuiltInProtocolAreSoundAndBringReadings(String name) {
        DeviceModel model = DeviceModel.of(Protocol.builtin(name), DeviceModel.Choice.FOUND);
        for (int number = 0; number < 10; number++) {
            Message report = model.report(7, number, NOW.plusSeconds(number), new Random(1));
            assertThat(report.problem()).isEmpty();
            assertThat(report.readings()).isNotEmpty();
        }
    }

    @Test
    void devicesOfTheFoundingProtocolHaveSerialsInARow() {
        DeviceModel model = DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND);
        assertThat(IntStream.of(0, 1, 99).mapToObj(model::device))
                .containsExactly(Optional.of("00200110"), Optional.of("00200111"), Optional.of("00200209"));
        assertThat(model.reports()).containsExactly("measurement");
        assertThat(model.hasLogin()).isFalse();
        assertThat(model.hasHeartbeat()).isTrue();
    }

    @Test
    void theTimeOfAReportIsThePresent() {
        DeviceModel model = DeviceModel.of(Protocol.builtin("aqua-plc"), DeviceModel.Choice.FOUND);
        Message report = model.report(0, 0, NOW, new Random(1));
        assertThat(report.get("ts")).contains(NOW);
    }

    @Test
    void trackersHaveALogin() {
        DeviceModel model = DeviceModel.of(Protocol.builtin("gt06"), DeviceModel.Choice.FOUND);
        assertThat(model.hasLogin()).isTrue();
        assertThat(model.device(1)).contains("123456789012346");
    }

    @Test
    void anUnknownMessageIsRefusedWithTheKnownOnes() {
        var choice = new DeviceModel.Choice(
                Optional.empty(), Optional.empty(), List.of("weather"), Optional.empty(), List.of());
        assertThatThrownBy(() -> DeviceModel.of(Protocol.builtin("aqua-plc"), choice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weather")
                .hasMessageContaining("measurement");
    }

    @Test
    void aDefinitionWithoutReadingsIsRefused() {
        Protocol silent = Protocol.parse("silent.yaml", """
                fdl: 1
                protocol: silent
                limits: { frame: 1 }
                framing: { fixed: 1 }
                header: [ { kind: u8 } ]
                messages: { nothing: { match: { kind: 1 } } }
                tests: [ { hex: "01", message: nothing } ]
                """);
        assertThatThrownBy(() -> DeviceModel.of(silent, DeviceModel.Choice.FOUND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of its tests shows a message with readings")
                .hasMessageContaining("nothing");
    }

    @Test
    void serialsKeepTheirWidthAndWhatStandsAroundTheirDigits() {
        assertThat(Serial.next("0099", 1)).contains("0100");
        assertThat(Serial.next("PLC-009/a", 2)).contains("PLC-011/a");
        assertThat(Serial.next("99", 2)).contains("01");
        assertThat(Serial.next(5L, 3)).contains(8L);
        assertThat(Serial.next("none", 1)).isEmpty();
    }
}
