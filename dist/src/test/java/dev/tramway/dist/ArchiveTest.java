package dev.tramway.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive, as somebody has it who has nothing else but a Java runtime. */
@Timeout(180)
class ArchiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ARCHIVE = System.getProperty("tramway.archive");
    private static final byte[] MEASUREMENT =
            HexFormat.of().parseHex("00250100000000002001100103026d0020211015191833000000420041480000");

    @TempDir
    private static Path directory;

    private static Path home = Path.of("");

    @BeforeAll
    static void unpack() throws Exception {
        assertThat(run(Map.of(), "tar", "-xzf", ARCHIVE + ".tar.gz", "-C", directory.toString()).code)
                .isZero();
        home = directory.resolve(Path.of(ARCHIVE).getFileName());
    }

    @AfterAll
    static void remove() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    // ---- what it holds ----------------------------------------------------------------------------------------------

    @Test
    void holdsWhatAUserNeedsAndNoMore() throws IOException {
        assertThat(home.resolve("LICENSE")).isRegularFile();
        assertThat(home.resolve("README.md")).isRegularFile();
        assertThat(home.resolve("bin/tramway.cmd")).isRegularFile();
        assertThat(home.resolve("conf/server.yaml")).isRegularFile();
        assertThat(home.resolve("protocols/aqua-plc.yaml")).isRegularFile();
        assertThat(home.resolve("systemd/tramway.service")).isRegularFile();
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .anyMatch(jar -> jar.startsWith("tramway-server-"))
                    .anyMatch(jar -> jar.startsWith("netty-transport-native-epoll-") && jar.contains("aarch_64"))
                    .noneMatch(jar -> jar.contains("benchmarks") || jar.contains("junit") || jar.contains("jmh"));
        }
    }

    @Test
    void linksOfItsDocumentsLeadSomewhere() throws IOException {
        var link = java.util.regex.Pattern.compile("\\]\\(([^)#:]+)[^):]*\\)");
        String text = Files.readString(home.resolve("README.md"));
        assertThat(link.matcher(text).results().map(found -> home.resolve(found.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    // ---- it runs ----------------------------------------------------------------------------------------------------

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itsConfigurationIsGood() throws Exception {
        Ended check = tramway("check", home.resolve("conf/server.yaml").toString());
        assertThat(check.said).contains("good");
        assertThat(check.code).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyDefaultPortAnswersAndSigtermEndsItWithZero() throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command(), "serve");
        builder.environment().clear();
        builder.environment().putAll(environment());
        Optional<Manager> manager = Manager.here();
        manager.ifPresent(listening -> builder.environment().put("NOTIFY_SOCKET", listening.socket()));
        Process server = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(PATIENCE)
                    .until(() -> !server.isAlive() || Files.readString(output).contains("stop "));
            assertThat(server.isAlive()).as(Files.readString(output)).isTrue();
            askAll();
            manager.ifPresent(told -> told.awaitWord("READY=1"));
            server.toHandle().destroy();
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as(Files.readString(output)).isZero();
            assertThat(output).content().contains("Stopped: ").doesNotContain("WARN", "ERROR");
            manager.ifPresent(told -> told.awaitWord("STOPPING=1"));
        } finally {
            server.destroyForcibly().waitFor();
            manager.ifPresent(Manager::close);
        }
    }

    /** What systemd would hear, where the tools are there to listen. */
    private record Manager(Process listening, Path words) {
        /** Closes what comes along, for which the sender waits. */
        private static final String LISTENER = """
                import os, socket, sys
                listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                listener.bind(sys.argv[1])
                while True:
                    word, files, flags, sender = socket.recv_fds(listener, 4096, 4)
                    print(word.decode(), flush=True)
                    for file in files: os.close(file)
                """;

        static Optional<Manager> here() throws IOException {
            if (!isInstalled("python3") || !isInstalled("systemd-notify")) {
                return Optional.empty();
            }
            Path words = directory.resolve("words");
            Process listening = new ProcessBuilder(
                            "python3",
                            "-c",
                            LISTENER,
                            directory.resolve("socket").toString())
                    .redirectOutput(words.toFile())
                    .start();
            await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("socket")));
            return Optional.of(new Manager(listening, words));
        }

        String socket() {
            return directory.resolve("socket").toString();
        }

        void awaitWord(String word) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(words).content().contains(word));
        }

        void close() {
            listening.destroyForcibly();
        }
    }

    private static void askAll() throws Exception {
        try (Socket chat = connect(1111)) {
            assertThat(chat.getInputStream().readNBytes(5)).asString().isEqualTo("Hello");
        }
        try (Socket chat = trustingOwnCertificate().getSocketFactory().createSocket("localhost", 2222)) {
            chat.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(chat.getInputStream().readNBytes(5)).asString().isEqualTo("Hello");
        }
        try (DatagramSocket echo = new DatagramSocket()) {
            echo.setSoTimeout((int) PATIENCE.toMillis());
            echo.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3333));
            echo.send(new DatagramPacket("ping".getBytes(StandardCharsets.UTF_8), 4));
            assertThat(receive(echo)).isEqualTo("ping");
        }
        try (MulticastSocket beacon = new MulticastSocket(3334)) {
            beacon.setSoTimeout((int) PATIENCE.toMillis());
            NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            beacon.joinGroup(new InetSocketAddress("239.255.0.1", 0), loopback);
            assertThat(receive(beacon)).contains("sessions=");
        }
        try (Socket device = connect(12986)) {
            device.getOutputStream().write(MEASUREMENT);
            assertThat(device.getInputStream().read()).as("acknowledged").isNotNegative();
        }
        connect(12987).close();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8080/ready"))
                    .timeout(PATIENCE)
                    .build();
            assertThat(client.send(ready, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static SSLContext trustingOwnCertificate() throws Exception {
        var keys = java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
        keys.load(null, null);
        try (Stream<Path> files = Files.walk(state())) {
            Path pem = files.filter(file ->
                            file.toString().endsWith(".crt") || file.toString().endsWith(".pem"))
                    .findFirst()
                    .orElseThrow();
            try (var in = Files.newInputStream(pem)) {
                keys.setCertificateEntry(
                        "own",
                        java.security.cert.CertificateFactory.getInstance("X.509")
                                .generateCertificate(in));
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    // ---- around it --------------------------------------------------------------------------------------------------

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void withoutAJavaItSaysWhatToInstall() throws Exception {
        Ended search = run(
                Map.of(),
                "sh",
                "-c",
                ". \"$0\"; find_jdk 99 java",
                home.resolve("lib/find-jdk.sh").toString());
        assertThat(search.code).isEqualTo(1);
        assertThat(search.said).contains("JRE of Java 99", "openjdk-99-jre-headless", "TRAMWAY_JAVA_HOME");
    }

    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        assumeInstalled("systemd-analyze");
        String unit = Files.readString(home.resolve("systemd/tramway.service"));
        Path here =
                Files.writeString(directory.resolve("tramway.service"), unit.replace("/opt/tramway", home.toString()));
        Ended verified = run(System.getenv(), "systemd-analyze", "verify", "--man=no", here.toString());
        assertThat(verified.said).isEmpty();
        assertThat(verified.code).isZero();
    }

    @Test
    void theDebianPackageHoldsTheSame() throws Exception {
        assumeInstalled("dpkg-deb");
        String deb = ARCHIVE + ".deb";
        assertThat(run(System.getenv(), "dpkg-deb", "--info", deb).said)
                .contains("Package: tramway", "openjdk-21-jre-headless", "conffiles", "postinst");
        assertThat(run(System.getenv(), "dpkg-deb", "--contents", deb).said)
                .contains(
                        "./opt/tramway/bin/tramway",
                        "./etc/tramway/server.yaml",
                        "./lib/systemd/system/tramway.service")
                .containsPattern("./usr/bin/tramway -> /opt/tramway/bin/tramway");
    }

    private static void assumeInstalled(String program) {
        assumeThat(isInstalled(program)).as(program + " is installed").isTrue();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    // ---- processes --------------------------------------------------------------------------------------------------

    private record Ended(int code, String said) {}

    private static String command() {
        return home.resolve("bin/tramway").toString();
    }

    private static Path state() {
        return directory.resolve("state");
    }

    /** All that a process gets: a Java to run with, and a directory of its own. */
    private static Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("tramway.java.home", System.getProperty("java.home")),
                "TRAMWAY_STATE",
                state().toString());
    }

    private static Ended tramway(String... arguments) throws Exception {
        return run(
                environment(),
                Stream.concat(Stream.of(command()), Stream.of(arguments)).toArray(String[]::new));
    }

    private static Ended run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said.toString(StandardCharsets.UTF_8));
    }
}
