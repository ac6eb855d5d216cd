package dev.tramway.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tramway.bench.peer.Peers;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of work of each contender from end to end for a moment, where the C programs can be compiled. */
@EnabledIf("dev.tramway.bench.process.Programs#available")
class TrialTest {
    private static final List<String> MAIN = List.of("raw-c", "asio", "tramway");
    private static final List<String> OTHERS = List.of("netty-nio", "vertx", "smart-socket", "jdk-nio", "jdk-virtual");

    private static Programs programs;

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // C++ on a busy machine
    static void compile() {
        programs = Programs.compile();
        programs.asio();
    }

    @AfterAll
    static void delete() {
        programs.close();
    }

    static Stream<Arguments> worksOfTheMain() {
        return works(MAIN);
    }

    static Stream<Arguments> worksOfTheOthers() {
        return works(OTHERS);
    }

    private static Stream<Arguments> works(List<String> names) {
        return names.stream().flatMap(name -> Stream.of(Work.values()).map(work -> Arguments.of(name, work)));
    }

    @ParameterizedTest
    @MethodSource("worksOfTheMain")
    void messagesComeAsTheyShould(String name, Work work) {
        var settings = ServerSettings.of(work);
        var contender = able(name, settings);
        var trial = run(contender, settings, load(mode(work)));
        assertThat(trial.load().messages()).isPositive();
        assertThat(trial.load().errors()).isZero();
        assertThat(trial.server().messages() > 0)
                .isEqualTo(work == Work.FRAMED || work == Work.CHAT || work == Work.UDP);
        assertThat(trial.server().broadcasts() > 0).isEqualTo(work.isProduced());
        assertThat(trial.server().allocatedBytes().isPresent()).isEqualTo(contender instanceof Contender.Java);
    }

    @ParameterizedTest
    @MethodSource("worksOfTheOthers")
    @Tag("long")
    void soTheyDoOfOtherLibraries(String name, Work work) {
        messagesComeAsTheyShould(name, work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asio", "tramway", "tramway-jdk-tls", "netty-nio"})
    void theSameOverTls(String name) {
        Assumptions.assumeTrue(programs.hasTls());
        var settings = ServerSettings.of(Work.FRAMED).withTls(programs.certificate());
        assertThat(run(able(name, settings), settings, load("framed").with("--tls"))
                        .load()
                        .messages())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"asio", "tramway", "netty-nio"})
    void stoppedClientsCostTheOthersNothing(String name) {
        var settings = ServerSettings.of(Work.LOSSY).withRate(2_000);
        var trial = run(
                able(name, settings),
                settings,
                load("subscribe").connections(10).with("--stopped=20"));
        assertThat(trial.load().errors()).isZero();
        assertThat(trial.load().messages()).isPositive();
    }

    @Test
    void anExternalServerIsMeasuredByItsAddress() {
        try (var server = ServerProcess.start(
                Contender.named("tramway", programs), ServerSettings.of(Work.ECHO), new Pinning(false))) {
            var external = Contender.named("127.0.0.1:" + server.port(), programs);
            var trial = run(external, ServerSettings.of(Work.ECHO), load("echo"));
            assertThat(trial.load().messages()).isPositive();
            assertThat(trial.server().cpuSeconds()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "reconnect"})
    void connectionsComeAndGo(String mode) {
        var settings = ServerSettings.of(Work.ECHO);
        var trial = run(Contender.named("tramway", programs), settings, load(mode));
        assertThat(trial.load().messages()).isPositive();
    }

    @Test
    void aServerLivesOnAndChangesItsRate() {
        var netty = Contender.named("netty-nio", programs);
        var bench = new Trial.Bench(programs, new Pinning(false));
        var none = LoadSettings.of("no such mode", 0, 0);
        try (var servers = new Servers(bench)) {
            var slow = ServerSettings.of(Work.BROADCAST).withRate(100);
            servers.trial(netty, slow, none, load("subscribe"), Probe.none());
            var fast = servers.trial(netty, slow.withRate(10_000), load("subscribe"), none, Probe.none());
            assertThat(fast.server().broadcasts())
                    .isGreaterThan((long) (100 * fast.server().seconds()));
            var plain = ServerSettings.of(Work.ECHO);
            assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(() -> servers.trial(netty, plain, load("echo"), none, Probe.none()));
        }
    }

    @Test
    void aWrongMessageFailsTheTrial() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> run(
                        Contender.named(Contender.RAW, programs), ServerSettings.of(Work.BROADCAST), load("framed")))
                .withMessageStartingWith("load: connection ");
    }

    @Test
    void everyLibrarySaysWhatItIs() {
        assertThat(Peers.names())
                .allSatisfy(name -> assertThat(Contender.named(name, programs).description())
                        .isNotBlank());
    }

    private static String mode(Work work) {
        return switch (work) {
            case BROADCAST, LOSSY -> "subscribe";
            default -> work.toString();
        };
    }

    private static Contender able(String name, ServerSettings settings) {
        var contender = Contender.named(name, programs);
        var refusal = contender.refusal(settings);
        Assumptions.assumeTrue(refusal.isEmpty(), () -> name + ": " + refusal.orElse(""));
        return contender;
    }

    private static LoadSettings load(String mode) {
        return new LoadSettings(mode, 5, 10, 32, 0.1, 0.3, List.of("--stall=20"));
    }

    private static Trial run(Contender contender, ServerSettings server, LoadSettings load) {
        return Trial.run(contender, server, load, Probe.none(), new Trial.Bench(programs, new Pinning(false)));
    }
}
