package dev.tramway.examples.readme;

import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Text;
import dev.tramway.Tls;
import java.nio.file.Path;

/** TLS on both sides, with client certificates. */
final class Encrypted {
    private Encrypted() {}

    static TcpServer server(IoService io, Path ca) {
        return TcpServer.on(io)
                .port(2222)
                .tls(Tls.pem(Path.of("server.crt"), Path.of("server.key"))
                        .trust(ca)
                        .requireClientCertificate())
                .onHandshake((session, tls) -> System.out.println(tls))
                .onMessage((session, message) -> session.send(message))
                .start();
    }

    static TcpClient client(IoService io, Path ca) {
        return TcpClient.on(io)
                .to("feed.example.org", 2222)
                .tls(Tls.client().trust(ca).certificate(Path.of("client.crt"), Path.of("client.key"), ""))
                .onMessage((session, message) -> System.out.println(Text.of(message)))
                .connect();
    }
}
