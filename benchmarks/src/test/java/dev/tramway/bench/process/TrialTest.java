package dev.tramway.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of work from end to end for a moment, where the C programs can be compiled. */
@EnabledIf("dev.tramway.bench.process.Programs#available")
class TrialTest {
    private static Programs programs;

    @BeforeAll
    static void compile() {
        programs = Programs.compile();
    }

    @AfterAll
    static void delete() {
        programs.close();
    }

    @ParameterizedTest
    @CsvSource({
        "raw-c, ECHO, echo",
        "raw-c, FRAMED, framed",
        "raw-c, FRAMED, pingpong",
        "raw-c, BROADCAST, subscribe",
        "netty-nio, ECHO, echo",
        "netty-nio, FRAMED, framed",
        "netty-nio, BROADCAST, subscribe",
        "netty-nio, CHAT, chat",
        "tramway, ECHO, echo",
        "tramway, FRAMED, framed",
        "tramway, BROADCAST, subscribe",
        "tramway, CHAT, chat"
    })
    void messagesComeAsTheyShould(String contender, Work work, String mode) {
        var trial = run(contender, work, mode);
        assertThat(trial.load().messages()).isPositive();
        assertThat(trial.load().errors()).isZero();
        assertThat(trial.server().messages() > 0).isEqualTo(work == Work.FRAMED || work == Work.CHAT);
        assertThat(trial.server().broadcasts() > 0).isEqualTo(work == Work.BROADCAST);
        assertThat(trial.server().allocatedBytes().isPresent()).isNotEqualTo(contender.equals(Contender.RAW));
    }

    @Test
    void aWrongMessageFailsTheTrial() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> run(Contender.RAW, Work.BROADCAST, "framed"))
                .withMessageStartingWith("load: connection ");
    }

    private static Trial run(String contender, Work work, String mode) {
        var load = new LoadSettings(mode, 5, 10, 32, 0.1, 0.3);
        var server = ServerSettings.of(work);
        return Trial.run(Contender.named(contender, programs), server, load, programs.load(), new Pinning(false));
    }
}
