package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a definition tells of its commands, and the examples that its tests are. */
class CommandTest {
    private static final Protocol PLC = Protocol.builtin("aqua-plc");

    @Test
    void aCommandTellsItsArgumentsAndHowItsReplyIsFound() {
        assertThat(PLC.command("relay"))
                .isEqualTo(new Command(
                        "relay",
                        "relay",
                        List.of(
                                new Command.Argument("relay", "relay", Command.Kind.INTEGER, 1, 99),
                                new Command.Argument("operation", "operation", Command.Kind.INTEGER, 0, 1)),
                        List.of("relay-state"),
                        List.of("sd", "nut", "cmd"),
                        Optional.of("nut"),
                        Duration.ofSeconds(20),
                        false));
        assertThat(PLC.command("versions").repeatable()).isTrue();
        assertThat(PLC.identity()).contains("sd");
    }

    @Test
    void anArgumentIsOfTheKindOfItsField() {
        assertThat(PLC.command("set-levels").arguments())
                .filteredOn(argument -> argument.name().equals("high-high"))
                .containsExactly(new Command.Argument(
                        "high-high", "high-high", Command.Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE));
        assertThat(Protocol.builtin("gt06").command("send").arguments())
                .extracting(Command.Argument::kind)
                .containsExactly(Command.Kind.TEXT);
    }

    @Test
    void anUnknownCommandIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> PLC.command("explode"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("explode")
                .hasMessageContaining("set-levels");
    }

    @Test
    void samplesAreTheSoundFramesOfTheTestsOneWay() {
        assertThat(PLC.samples(Direction.UP))
                .allSatisfy(message -> assertThat(message.problem()).isEmpty())
                .extracting(Message::name)
                .contains("measurement", "keep-alive", "relay-state", "done")
                .doesNotContain("set-clock");
        assertThat(PLC.samples(Direction.DOWN)).extracting(Message::name).contains("set-clock", "relay");
    }
}
