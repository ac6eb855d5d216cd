package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Transport;
import dev.tramway.Waiting;
import dev.tramway.server.internal.ServeSettings.CertificateSettings;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTableTest {
    @TempDir
    private Path state;

    private String table(String listen, OptionalInt tls, LoopSettings loops) {
        var certificate = new CertificateSettings(state, List.of("localhost"), Optional.empty());
        try (var serving = Serving.start(new ServeSettings(
                listen, OptionalInt.of(0), tls, OptionalInt.of(0), Optional.empty(), certificate, loops))) {
            return StartTable.of(serving, Duration.ofSeconds(5));
        }
    }

    @Test
    void ipv6AddressIsShownAsPeopleWriteIt() {
        String table = table("::1", OptionalInt.empty(), new LoopSettings(1, Transport.AUTO, Waiting.block(), 0));
        assertThat(table).containsPattern("(?m)^TCP chat +\\[::1\\]:\\d+ +nc ::1 \\d+$");
    }

    @Test
    void listenerOnAllAddressesIsTriedOnThisMachine() {
        String table = table("::", OptionalInt.empty(), new LoopSettings(1, Transport.AUTO, Waiting.block(), 0));
        assertThat(table).containsPattern("(?m)^TCP chat +\\[::\\]:\\d+ +nc 127.0.0.1 \\d+$");
    }

    @Test
    void choicesAreShownWithTheirReason() {
        String table = table(
                "127.0.0.1",
                OptionalInt.of(0),
                new LoopSettings(1, Transport.NIO, Waiting.spin().force(), 3));
        assertThat(table)
                .containsPattern("(?m)^transport +nio +chosen$")
                .containsPattern("(?m)^loops +1, never block +messages are handled on 3 threads of their own$")
                .containsPattern("(?m)^certificate +valid until .*serve.crt, made now, for localhost$")
                .contains("clients then get 5 s");
    }

    @Test
    void whatIsLeftOutIsNotShown() {
        String table = table("127.0.0.1", OptionalInt.empty(), new LoopSettings(1, Transport.AUTO, Waiting.block(), 0));
        assertThat(table).doesNotContain("TLS").doesNotContain("certificate");
    }
}
