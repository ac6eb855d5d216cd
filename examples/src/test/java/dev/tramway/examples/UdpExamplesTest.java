package dev.tramway.examples;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** UDP echo and multicast: server and clients as processes, on loopback. */
class UdpExamplesTest {
    @Test
    void echoesDatagrams() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("udp-echo-server", "0");
                ExampleProcess client = ExampleProcess.start("udp-echo-client", "127.0.0.1", server.port())) {
            client.expect("connected a new session with Id");
            client.type("hello");
            server.expect("^Incoming: hello$");
            client.expect("^Incoming: hello$");

            server.type("!");
            server.expect("^Server restarting\\.\\.\\.Done!$");
            client.type("after the restart");
            client.expect("^Incoming: after the restart$");
            client.stop();
            server.stop();
        }
    }

    @Test
    void anEchoClientReconnectsOnDemand() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("udp-echo-server", "0");
                ExampleProcess client = ExampleProcess.start("udp-echo-client", "127.0.0.1", server.port())) {
            client.expect("connected a new session with Id");
            client.type("!");
            client.expect("disconnected a session with Id");
            client.expect("connected a new session with Id");
            client.type("again");
            client.expect("^Incoming: again$");
            client.stop();
            server.stop();
        }
    }

    @Test
    void clientsOfAGroupHearItsServer() throws Exception {
        String group = "239.255.0.1";
        // Another program of this machine may use the group's port; what it sends is not what is waited for.
        String text = UUID.randomUUID().toString();
        try (ExampleProcess first = ExampleProcess.start("udp-multicast-client", "0.0.0.0", group, "0")) {
            String port = first.port();
            try (ExampleProcess second = ExampleProcess.start("udp-multicast-client", "0.0.0.0", group, port);
                    ExampleProcess server = ExampleProcess.start("udp-multicast-server", group, port)) {
                second.expect("listens on port");
                server.expect("^Press Enter to stop the server");
                server.type(text);
                first.expect("^Incoming: \\(admin\\) " + text);
                second.expect("^Incoming: \\(admin\\) " + text);

                first.type("!");
                first.expect("disconnected a session");
                first.expect("connected a new session");
                server.type("!");
                server.expect("^Server restarting\\.\\.\\.Done!$");
                server.type("once more");
                first.expect("^Incoming: \\(admin\\) once more$");
                second.expect("^Incoming: \\(admin\\) once more$");
                server.stop();
                second.stop();
            }
            first.stop();
        }
    }
}
