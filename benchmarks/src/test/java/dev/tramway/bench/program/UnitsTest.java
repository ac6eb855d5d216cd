package dev.tramway.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void sizesAreRealDecimals() {
        assertThat(Units.size(1_023)).isEqualTo("1023 bytes");
        assertThat(Units.size(1_536)).isEqualTo("1.500 KiB");
        assertThat(Units.size(15 * 1024 * 1024 + 1_000 * 1024)).isEqualTo("15.977 MiB");
        assertThat(Units.size(3.5 * Math.pow(1024, 5))).isEqualTo("3584.000 TiB");
    }

    @Test
    void timesAreRealDecimals() {
        assertThat(Units.time(201)).isEqualTo("201 ns");
        assertThat(Units.time(15_037)).isEqualTo("15.037 mcs");
        assertThat(Units.time(10.011e9)).isEqualTo("10.011 s");
    }
}
