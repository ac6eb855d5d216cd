package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "50us,50 us",
        "1500us,1500 us",
        "500ms,500 ms",
        "2000ms,2 s",
        "30s,30 s",
        "5m,300 s",
        "1h,3600 s",
        "0s,0 s"
    })
    void readsWhatPeopleWrite(String text, String same) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "9999999999s"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("30s");
    }
}
