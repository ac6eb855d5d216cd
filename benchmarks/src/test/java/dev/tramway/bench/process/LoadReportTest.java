package dev.tramway.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final String LINE = """
            {"mode":"framed","connections":100,"window":1000,"size":32,"seconds":2.500000,"messages":250,"bytes":9000,\
            "messagesPerSecond":100,"errors":1,"gaps":1,"missing":4,"duplicates":0,"reorders":0,"disconnected":2,"lost":5,\
            "cpuSeconds":1.250000,"userSeconds":0.250000,"systemSeconds":1.000000,"samples":7,"p50Micros":10.500,\
            "p99Micros":20.000,"p999Micros":30.000}""";

    @Test
    void readsWhatTheClientPrints() {
        var report = LoadReport.parse(LINE);
        assertThat(report).isEqualTo(new LoadReport(2.5, 250, 9000, 1, 2, 5, 1.25, 10.5, 20, 30));
        assertThat(report.rate()).isEqualTo(100);
    }

    @Test
    void refusesOtherText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadReport.parse("load: stalled"))
                .withMessageContaining("load: stalled");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadReport.parse("{\"seconds\":1}"))
                .withMessageContaining("messages");
    }
}
