package dev.tramway.examples;

import static dev.tramway.examples.Terminal.number;
import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;
import static dev.tramway.examples.Terminal.text;

import dev.tramway.Certificates;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import dev.tramway.Tls;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chat over TLS, with a certificate that the server makes at its first start and that its clients trust. */
public final class TlsChatServer {
    /** Where certificate and key are kept unless told otherwise: in the working directory. */
    static final String DIRECTORY = "example-tls";

    /** Name of the certificate's file, which clients read. */
    static final String CERTIFICATE = "server.crt";

    private static final String INVITATION =
            "Hello from TLS chat! Please send a message or '!' to disconnect the client!";

    private TlsChatServer() {}

    /**
     * Runs the example.
     *
     * @param args port (2222), directory of certificate and key (example-tls), address to listen on (127.0.0.1)
     */
    public static void main(String[] args) {
        int port = number(args, 0, 2222);
        Path directory = Path.of(text(args, 1, DIRECTORY));
        String address = text(args, 2, "127.0.0.1");
        say("TLS server port: " + port);

        try (IoService io = step("Service starting", () -> IoService.start());
                TcpServer server = step("Server starting", () -> start(io, address, port, tls(directory)))) {
            say("Server listens on port " + server.port());
            Terminal.runServer(() -> server.restart().join(), line -> server.broadcast("(admin) " + line));
            step("Server stopping", server::close);
            step("Service stopping", io::close);
        }
    }

    private static Tls tls(Path directory) {
        Path certificate = directory.resolve(CERTIFICATE);
        Path key = directory.resolve("server.key");
        if (Files.notExists(certificate)) {
            Certificates.server("localhost", "127.0.0.1", "::1").make().writePem(certificate, key, "");
            say("Made a certificate: " + certificate);
        }
        return Tls.pem(certificate, key);
    }

    private static TcpServer start(IoService io, String address, int port, Tls tls) {
        return TcpServer.on(io)
                .address(address)
                .port(port)
                .tls(tls)
                .onHandshake((session, info) -> say("Chat TLS session with Id " + session.id() + " handshaked!"))
                .onConnect(session -> {
                    say("Chat TLS session with Id " + session.id() + " connected!");
                    session.send(INVITATION);
                })
                .onMessage(TlsChatServer::received)
                .onError((session, error) -> say("Chat TLS session caught an error: " + error))
                .onDisconnect((session, reason) -> say("Chat TLS session with Id " + session.id() + " disconnected!"))
                .start();
    }

    private static void received(Session session, ByteBuffer message) {
        say("Incoming: " + Text.of(message));
        session.server().broadcast(message);
        if (Text.equalsLine(message, "!")) {
            session.close();
        }
    }
}
