package dev.tramway.bench.script;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

/** What the scripts do, in Java, by the public API; run as a process of its own. Ends when it is killed. */
public final class Plain {
    private static final Outbound ROOM = Outbound.limit(128 << 20);

    private Plain() {}

    /** Runs the program that is named first; its arguments are those of the script of the same name. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "server" -> server(number(args, 1));
            case "printer" -> printer(number(args, 1));
            case "sizes" -> sizes(number(args, 1));
            case "client" -> client(number(args, 1));
            case "tls-client" -> secureClient(number(args, 1), Path.of(args[2]), number(args, 3));
            case "loop" -> {
                loop(number(args, 1));
                return;
            }
            case "hello" -> {
                System.out.println("Hello");
                return;
            }
            default -> throw new IllegalArgumentException("program: " + args[0]);
        }
        Thread.currentThread().join(); // until the process is ended
    }

    private static int number(String[] args, int index) {
        return Integer.parseInt(args[index]);
    }

    private static IoService io() {
        return IoService.builder().name(Usage.LOOPS).start();
    }

    private static TcpServer.Builder listen(int port) {
        return TcpServer.on(io()).port(port).outbound(ROOM);
    }

    private static void server(int port) {
        listen(port)
                .framing(Framing.lengthPrefixed(4, Crowd.LONGEST))
                .onMessage((session, message) -> {
                    if (message.get(message.position()) == Crowd.BROADCAST) {
                        session.server().broadcast(message);
                    } else {
                        session.send(message);
                    }
                })
                .start();
    }

    private static void printer(int port) {
        listen(port).framing(Framing.lines()).onMessage(Plain::print).start();
    }

    /** Prints with one call of the system for each line, as a script does. */
    private static void print(Session session, ByteBuffer message) {
        System.out.println("Server has got data");
        System.out.println("Client: " + session.id());
        System.out.println("Size: " + message.remaining());
        System.out.println("Clients: " + session.server().sessions().size());
        System.out.println("Text: " + StandardCharsets.UTF_8.decode(message));
        System.out.println("Sending the answer");
        session.server().broadcast("All: a message has come");
        session.send("You: the message was taken");
    }

    private static void sizes(int port) {
        listen(port)
                .framing(Framing.lengthPrefixed(4, LargeMessage.SIZE))
                .onMessage((session, message) -> session.send(Integer.toString(message.remaining())))
                .start();
    }

    private static void client(int port) {
        TcpClient.on(io())
                .to("127.0.0.1", port)
                .outbound(ROOM)
                .onConnect(session -> session.send("ready\n"))
                .onMessage((session, message) -> session.send(message))
                .connect();
    }

    private static void secureClient(int port, Path certificate, int every)
            throws IOException, GeneralSecurityException {
        var count = new long[1];
        TcpClient.on(io())
                .to("127.0.0.1", port)
                .tls(Tls.client().pin(read(certificate)).hostNameCheck(false))
                .onConnect(session -> session.send("ready\n"))
                .onMessage((session, message) -> {
                    count[0] += message.remaining();
                    for (; count[0] >= every; count[0] -= every) {
                        session.send("done\n");
                    }
                })
                .connect();
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        }
    }

    private static void loop(int times) {
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            long sum = 0;
            for (long a = 0; a < 1_000_000; a++) {
                sum += a;
            }
            if (sum != 499_999_500_000L) {
                throw new IllegalStateException("wrong sum");
            }
            System.out.println(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }
}
