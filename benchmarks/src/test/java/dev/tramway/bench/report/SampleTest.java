package dev.tramway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void medianIsTheMiddle() {
        assertThat(new Sample(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Sample(List.of(9.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(new Sample(List.of(7.0)).median()).isEqualTo(7);
    }

    @Test
    void spreadIsHalfTheRange() {
        assertThat(new Sample(List.of(90.0, 100.0, 110.0)).spread()).isCloseTo(0.1, within(1e-12));
        assertThat(new Sample(List.of(7.0)).spread()).isZero();
        assertThat(new Sample(List.of(0.0, 0.0)).spread()).isZero();
    }

    @Test
    void needsAValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(List.of()));
    }
}
