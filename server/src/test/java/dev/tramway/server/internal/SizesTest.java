package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "512,512",
        "512B,512",
        "64KiB,65536",
        "10 MiB,10485760",
        "1GiB,1073741824",
        "999999999GiB,1073741822926258176",
        "68719476736,68719476736"
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5MiB", "64KB", "1  MiB", "9999999999GiB", "9999999999999999999"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(text)).withMessageContaining("64KiB");
    }
}
