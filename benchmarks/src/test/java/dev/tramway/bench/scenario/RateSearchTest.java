package dev.tramway.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSearchTest {
    @Test
    void doublesThenBisects() {
        var tried = new ArrayList<Double>();
        double found = new RateSearch(100, 10_000, 2).highest(rate -> tried.add(rate) && rate <= 650);
        assertThat(tried).containsExactly(100.0, 200.0, 400.0, 800.0, 600.0, 700.0);
        assertThat(found).isEqualTo(600);
    }

    @Test
    void comesCloserWithMoreSteps() {
        assertThat(new RateSearch(1, 1e9, 20).highest(rate -> rate <= 123_456)).isCloseTo(123_456, within(1.0));
    }

    @Test
    void looksBelowTheFirstRate() {
        assertThat(new RateSearch(100, 1_000, 3).highest(rate -> rate <= 30)).isEqualTo(25);
    }

    @Test
    void findsNothingWhereNothingHolds() {
        assertThat(new RateSearch(100, 1_000, 3).highest(rate -> false)).isZero();
    }

    @Test
    void isContentAtTheTop() {
        var tried = new ArrayList<Double>();
        assertThat(new RateSearch(100, 500, 3).highest(tried::add)).isEqualTo(400);
        assertThat(tried).isEqualTo(List.of(100.0, 200.0, 400.0));
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSearch(0, 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateSearch(20, 10, 1));
    }
}
