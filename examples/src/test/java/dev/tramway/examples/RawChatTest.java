package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The chat server with clients that are not ours. */
class RawChatTest {
    private static final String INVITATION =
            "Hello from TCP chat! Please send a message or '!' to disconnect the client!";

    @Test
    void anExclamationMarkAloneDisconnectsItsSenderOnly() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("tcp-chat-server", "0")) {
            String port = server.port();
            try (Peer leaving = Peer.connect(port);
                    Peer staying = Peer.connect(port)) {
                assertThat(leaving.read(INVITATION.length())).isEqualTo(INVITATION);
                assertThat(staying.read(INVITATION.length())).isEqualTo(INVITATION);

                leaving.send("!not alone");
                assertThat(leaving.read(10)).isEqualTo("!not alone");
                assertThat(staying.read(10)).isEqualTo("!not alone");

                leaving.send("!");
                assertThat(staying.read(1)).isEqualTo("!");
                assertThat(leaving.read(1)).isEqualTo("!");
                assertThat(leaving.isAtEnd()).isTrue();

                server.expect("^Incoming: !$");
                server.expect("disconnected!$");
                staying.send("still here");
                assertThat(staying.read(10)).isEqualTo("still here");
            }
            server.stop();
        }
    }
}
