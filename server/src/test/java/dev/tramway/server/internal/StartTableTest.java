package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Waiting;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ListenerConfig.Transport;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTableTest {
    @TempDir
    private Path state;

    private String table(String listen, boolean tls, LoopSettings loops) {
        List<ListenerConfig> listeners = new ArrayList<>();
        listeners.add(listener("chat", listen, Transport.TCP, Role.CHAT, Optional.empty()));
        if (tls) {
            var own = new TlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            listeners.add(listener("chat-tls", listen, Transport.TLS, Role.CHAT, Optional.of(own)));
        }
        listeners.add(listener("echo", listen, Transport.UDP, Role.ECHO, Optional.empty()));
        var settings =
                new ServeSettings(ServerConfig.of(listeners, state), Optional.empty(), List.of("localhost"), loops);
        try (var serving = Serving.start(settings)) {
            return StartTable.of(serving, Duration.ofSeconds(5));
        }
    }

    private static ListenerConfig listener(
            String name, String address, Transport transport, Role role, Optional<TlsConfig> tls) {
        return ListenerConfig.of(name, address, 0, transport, role, tls, Optional.empty());
    }

    @Test
    void ipv6AddressIsShownAsPeopleWriteIt() {
        String table = table("::1", false, new LoopSettings(1, dev.tramway.Transport.AUTO, Waiting.block(), 0));
        assertThat(table).containsPattern("(?m)^TCP chat +\\[::1\\]:\\d+ +nc ::1 \\d+$");
    }

    @Test
    void listenerOnAllAddressesIsTriedOnThisMachine() {
        String table = table("::", false, new LoopSettings(1, dev.tramway.Transport.AUTO, Waiting.block(), 0));
        assertThat(table).containsPattern("(?m)^TCP chat +\\[::\\]:\\d+ +nc 127.0.0.1 \\d+$");
    }

    @Test
    void choicesAreShownWithTheirReason() {
        String table = table(
                "127.0.0.1",
                true,
                new LoopSettings(1, dev.tramway.Transport.NIO, Waiting.spin().force(), 3));
        assertThat(table)
                .containsPattern("(?m)^transport +nio +chosen$")
                .containsPattern("(?m)^loops +1, never block +messages are handled on 3 threads of their own$")
                .containsPattern("(?m)^certificate +valid until .*serve.crt, made now, for localhost$")
                .contains("clients then get 5 s");
    }

    @Test
    void whatIsLeftOutIsNotShown() {
        String table = table("127.0.0.1", false, new LoopSettings(1, dev.tramway.Transport.AUTO, Waiting.block(), 0));
        assertThat(table).doesNotContain("TLS").doesNotContain("certificate");
    }
}
