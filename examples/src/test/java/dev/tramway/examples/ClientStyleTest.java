package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The reconnecting client, and the server in blocking style. */
class ClientStyleTest {
    @Test
    void aClientStaysWithAServerThatComesAndGoes() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("protocol-switch", "0")) {
            String port = server.port();
            try (ExampleProcess client = ExampleProcess.start("reconnecting-client", "127.0.0.1", port)) {
                client.expect("^Connected to .*:" + port);
                client.type("first");
                client.expect("^Incoming: first$");
                server.stop();
                client.expect("^Disconnected: closed by peer$|^Disconnected: connection reset$");
                client.expect("^Not connected: .*" + port);
                client.type("into the void");
                client.expect("^Not connected, not sent: into the void$");
                try (ExampleProcess next = ExampleProcess.start("protocol-switch", port)) {
                    client.expect("^Connected to .*:" + port);
                    client.type("second");
                    client.expect("^Incoming: second$");
                    client.type("!");
                    client.expect("^Disconnected: closed by this side$");
                    client.expect("^Connected to");
                    client.stop();
                    next.stop();
                }
            }
        }
    }

    @Test
    void aBlockingServerTalksToSeveralPeersAtOnce() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("blocking-server", "0")) {
            String port = server.port();
            try (Peer ada = Peer.connect(port);
                    Peer bob = Peer.connect(port)) {
                assertThat(ada.read(19)).isEqualTo("What is your name?\n");
                assertThat(bob.read(19)).isEqualTo("What is your name?\n");
                bob.send("Bob\n");
                assertThat(bob.read(12)).isEqualTo("Hello, Bob!\n");
                ada.send("Ada\r\nit rains\n");
                assertThat(ada.read(31)).isEqualTo("Hello, Ada!\nAda said: it rains\n");
            }
            server.expect("has left$");
            server.stop();
        }
    }
}
