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
        assertThat(raw.toJson()).doesNotContain("turns").doesNotContain("allocatedBytes");
        assertThat(ServerReport.parse(raw.toJson())).isEqualTo(raw);
    }
}
