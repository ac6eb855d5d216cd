package dev.tramway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServerReportTest {
    @Test
    void readsWhatItWrites() {
        var full = new ServerReport(1.5, 0.25, 3, 4, OptionalLong.of(5), OptionalLong.of(6));
        assertThat(ServerReport.parse(full.toJson())).isEqualTo(full);
        var raw = new ServerReport(1.5, 2e-7, 3, 4, OptionalLong.empty(), OptionalLong.empty());
        assertThat(ServerReport.parse(raw.toJson())).isEqualTo(raw);
        assertThat(ServerReport.parse("{\"seconds\":1.5,\"cpuSeconds\":2e-7,\"messages\":3,\"broadcasts\":4,"
                        + "\"turns\":null,\"allocatedBytes\":null}"))
                .isEqualTo(raw);
    }
}
