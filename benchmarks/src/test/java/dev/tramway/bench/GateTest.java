package dev.tramway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.process.Probe;
import dev.tramway.bench.process.Programs;
import dev.tramway.bench.process.SystemCalls;
import dev.tramway.bench.process.Trial;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What a message may cost in steady state, in bytes on the heap and in system calls. Both stand still on a busy machine;
 * times do not, and are not looked at. The bounds are several times what is seen, and a fraction of what a slip costs: an
 * object or a system call for each message.
 */
@EnabledIf("dev.tramway.bench.process.Programs#available")
class GateTest {
    /** What a process allocates in a few seconds whatever it does. */
    private static final long ALLOWANCE = 512 << 10;
    /** The smallest object has 16 bytes. */
    private static final double BYTES_PER_MESSAGE = 1.6;
    /** Bytes per datagram; the target is 256. */
    private static final double BYTES_PER_DATAGRAM = 256;

    private static final double CALLS_PER_MESSAGE = 0.05;
    /** Batches are as large as what has arrived, and on a busy machine more arrives; so this is the worst case. */
    private static final double CALLS_PER_LONE_MESSAGE = 4;

    private static Programs programs;

    @BeforeAll
    static void compile() {
        programs = Programs.compile();
    }

    @AfterAll
    static void delete() {
        programs.close();
    }

    @Test
    void framedEchoAllocatesNothingPerMessage() {
        var trial = run(ServerSettings.of(Work.FRAMED), load("framed"), Probe.none());
        assertThat(allocatedPerMessage(trial)).isLessThan(BYTES_PER_MESSAGE);
    }

    @Test
    void broadcastAllocatesNothingPerDelivery() {
        var trial = run(ServerSettings.of(Work.BROADCAST).withRate(5_000), load("subscribe"), Probe.none());
        assertThat(allocatedPerMessage(trial)).isLessThan(BYTES_PER_MESSAGE);
    }

    @Test
    void datagramsAllocateLittle() {
        var trial = run(ServerSettings.of(Work.UDP), load("udp").connections(20).window(8), Probe.none());
        assertThat(allocatedPerMessage(trial)).isLessThan(BYTES_PER_DATAGRAM);
    }

    @Test
    @EnabledIf("dev.tramway.bench.process.SystemCalls#available")
    void manyMessagesShareASystemCall() {
        assertThat(callsPerMessage(load("framed"))).isLessThan(CALLS_PER_MESSAGE);
    }

    @Test
    @EnabledIf("dev.tramway.bench.process.SystemCalls#available")
    void aLoneMessageCostsAWaitAReadAndAWrite() {
        assertThat(callsPerMessage(load("framed").connections(1).window(1))).isLessThan(CALLS_PER_LONE_MESSAGE);
    }

    private static double callsPerMessage(LoadSettings load) {
        var trial = run(ServerSettings.of(Work.FRAMED), load, new SystemCalls());
        return trial.seen(SystemCalls.PER_SECOND) / trial.load().rate();
    }

    private static double allocatedPerMessage(Trial trial) {
        long allocated = trial.server().allocatedBytes().orElseThrow() - ALLOWANCE;
        return (double) allocated / trial.load().messages();
    }

    private static LoadSettings load(String mode) {
        return new LoadSettings(mode, 50, 500, 32, 1.5, 1.5, List.of("--stall=20"));
    }

    private static Trial run(ServerSettings server, LoadSettings load, Probe probe) {
        var tramway = Contender.named("tramway", programs);
        return Trial.run(tramway, server, load, probe, new Trial.Bench(programs, new Pinning(false)));
    }
}
