package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example that waits for its user ends by an empty line and by the end of the input. */
class StopTest {
    private static Stream<String> waitingExamples() {
        return Example.ALL.stream()
                .map(Example::name)
                .filter(name -> !List.of("io-service", "timer").contains(name));
    }

    @ParameterizedTest
    @MethodSource("waitingExamples")
    void stopsByAnEmptyLine(String name, @TempDir Path directory) throws Exception {
        try (ExampleProcess example = ExampleProcess.start(arguments(name, directory))) {
            example.expect("^Press Enter to stop");
            example.type("");
            assertThat(example.finish()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("waitingExamples")
    void stopsByTheEndOfItsInput(String name, @TempDir Path directory) throws Exception {
        try (ExampleProcess example = ExampleProcess.start(arguments(name, directory))) {
            example.closeInput();
            assertThat(example.finish()).anyMatch(line -> line.startsWith("Press Enter to stop"));
        }
    }

    /** A free port for a server; for a client one where nobody listens. */
    private static String[] arguments(String name, Path directory) {
        return switch (name) {
            case "tls-chat-server" -> new String[] {name, "0", directory.toString()};
            case "tls-chat-client" -> new String[] {name, "127.0.0.1", "1", certificateIn(directory)};
            case "tcp-chat-client", "udp-echo-client", "reconnecting-client" -> new String[] {name, "127.0.0.1", "1"};
            case "udp-multicast-client" -> new String[] {name, "0.0.0.0", "239.255.0.1", "0"};
            case "udp-multicast-server" -> new String[] {name, "239.255.0.1", "3334"};
            default -> new String[] {name, "0"};
        };
    }

    private static String certificateIn(Path directory) {
        Certificates.server("localhost").make().writeCertificates(directory.resolve("server.crt"));
        return directory.toString();
    }
}
