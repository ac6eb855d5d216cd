package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat over TCP and over TLS: server and clients as processes. */
class ChatExamplesTest {
    @TempDir
    private Path directory;

    private ExampleProcess server(String kind) throws Exception {
        return kind.equals("tcp")
                ? ExampleProcess.start("tcp-chat-server", "0")
                : ExampleProcess.start("tls-chat-server", "0", directory.toString());
    }

    private ExampleProcess client(String kind, String port) throws Exception {
        return kind.equals("tcp")
                ? ExampleProcess.start("tcp-chat-client", "127.0.0.1", port)
                : ExampleProcess.start("tls-chat-client", "127.0.0.1", port, directory.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void whatOneSaysAllHear(String kind) throws Exception {
        try (ExampleProcess server = server(kind)) {
            String port = server.port();
            server.expect("^Press Enter to stop the server or '!' to restart the server\\.\\.\\.$");
            try (ExampleProcess first = client(kind, port);
                    ExampleProcess second = client(kind, port)) {
                first.expect("connected a new session with Id [0-9a-f-]{36}$");
                first.expect("Incoming: Hello from T.* chat! Please send a message or '!' to disconnect the client!");
                second.expect("Incoming: Hello from");
                server.expect("session with Id [0-9a-f-]{36} connected!$");
                server.expect("session with Id [0-9a-f-]{36} connected!$");

                first.type("good morning, Grüße");
                server.expect("^Incoming: good morning, Grüße$");
                first.expect("^Incoming: good morning, Grüße$");
                second.expect("^Incoming: good morning, Grüße$");

                server.type("supper is ready");
                first.expect("^Incoming: \\(admin\\) supper is ready$");
                second.expect("^Incoming: \\(admin\\) supper is ready$");

                first.stop();
                server.expect("disconnected!$");
                second.stop();
            }
            assertThat(server.stop()).contains("Server stopping...Done!", "Service stopping...Done!");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void clientsComeBackToAServerThatWasRestarted(String kind) throws Exception {
        try (ExampleProcess server = server(kind);
                ExampleProcess client = client(kind, server.port())) {
            client.expect("Incoming: Hello from");
            server.type("!");
            server.expect("^Server restarting\\.\\.\\.Done!$");
            client.expect("disconnected a session with Id");
            client.expect("connected a new session with Id");
            client.expect("Incoming: Hello from");
            server.type("once more");
            client.expect("\\(admin\\) once more");
            client.stop();
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void aClientReconnectsOnDemand(String kind) throws Exception {
        try (ExampleProcess server = server(kind);
                ExampleProcess client = client(kind, server.port())) {
            client.expect("Incoming: Hello from");
            client.type("!");
            client.expect("^Client disconnecting\\.\\.\\.Done!$");
            server.expect("disconnected!$");
            client.expect("connected a new session with Id");
            client.expect("Incoming: Hello from");
            client.stop();
            server.stop();
        }
    }
}
