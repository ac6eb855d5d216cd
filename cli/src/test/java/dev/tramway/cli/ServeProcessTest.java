package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tramway serve} as a process, with the tools that people have at hand as its clients. */
class ServeProcessTest {
    @TempDir
    private static Path state;

    private static Program server;
    private static String tcp;
    private static String tls;
    private static String certificate;

    @BeforeAll
    static void start() {
        server = serve(state).endInput(); // which a service manager does not give it either
        tcp = server.find("^TCP chat +127\\.0\\.0\\.1:(\\d+)");
        tls = server.find("^TLS chat +127\\.0\\.0\\.1:(\\d+)");
        certificate = state.resolve("serve.crt").toString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Program serve(Path state, String... more) {
        var arguments = new ArrayList<>(
                List.of("serve", "--tcp=0", "--tls=0", "--udp=0", "--multicast=0", "--verbose", "--state=" + state));
        arguments.addAll(List.of(more));
        return Program.tramway(arguments.toArray(String[]::new)).awaitOutput("stop  ");
    }

    private static Program nc(String port) {
        return Program.system("netcat-openbsd", "nc", "127.0.0.1", port).awaitOutput("Hello from the TCP chat!");
    }

    private static Program openssl() {
        return Program.system(
                        "openssl",
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-verify_return_error",
                        "-CAfile",
                        certificate,
                        "-verify_hostname",
                        "localhost",
                        "-connect",
                        "127.0.0.1:" + tls)
                .awaitOutput("Hello from the TLS chat!");
    }

    private static Program socat(String address) {
        return Program.system("socat", "socat", "-", address);
    }

    @Test
    void tableTellsWhatListensWhereAndOnWhatAndWhy() {
        assertThat(server.output())
                .containsPattern("(?m)^TCP chat +127.0.0.1:\\d+ +nc 127.0.0.1 \\d+$")
                .containsPattern("(?m)^TLS chat +127.0.0.1:\\d+ +openssl s_client .*-CAfile " + certificate + "$")
                .containsPattern("(?m)^UDP echo +127.0.0.1:\\d+ +socat - UDP4:127.0.0.1:\\d+$")
                .containsPattern("(?m)^multicast +239.255.0.1:\\d+ +tramway connect --multicast 239.255.0.1 \\d+$")
                .containsPattern("(?m)^beacon +every 1 s +sent on \\S+ with TTL 0$")
                .containsPattern("(?m)^transport +(epoll|nio|kqueue) +\\S.*")
                .containsPattern("(?m)^loops +\\d+, block when idle +messages are handled on the loops$")
                .containsPattern("(?m)^TLS engine +(BoringSSL|JDK engine) +\\S.*")
                .containsPattern("(?m)^certificate +valid until \\d{4}-\\d\\d-\\d\\d +" + certificate
                        + ", made now, for localhost 127.0.0.1 ::1$")
                .containsPattern("(?m)^sockets +no delay, keep-alive after 60 s +backlog 4096; .*1024 KiB")
                .containsPattern("(?m)^stop +Ctrl-C or SIGTERM +clients then get 30 s");
    }

    @Test
    void ncAndOpensslAndSocatChatWithEachOther() {
        try (var nc = nc(tcp);
                var openssl = openssl();
                var socat = socat("TCP:127.0.0.1:" + tcp).awaitOutput("'!' to leave");
                var socatTls = socat("OPENSSL:localhost:" + tls + ",cafile=" + certificate)
                        .awaitOutput("'!' to leave")) {
            nc.type("from nc\n");
            openssl.type("from openssl\n");
            socat.type("from socat\n");
            socatTls.type("from socat over TLS\n");
            for (Program client : List.of(nc, openssl, socat, socatTls)) {
                client.awaitOutput("from nc\n")
                        .awaitOutput("from openssl\n")
                        .awaitOutput("from socat\n")
                        .awaitOutput("from socat over TLS\n");
            }
        }
    }

    @Test
    void exclamationMarkLeavesWithLineEndAndWithout() {
        try (var stays = nc(tcp);
                var lf = nc(tcp).type("!\n");
                var crLf = nc(tcp).type("!\r\n");
                var bare = nc(tcp).type("!");
                var bareTls = openssl().type("!")) {
            for (Program left : List.of(lf, crLf, bare)) {
                assertThat(left.endInput().exitCode()).isZero(); // nc ends when both directions have
            }
            assertThat(bareTls.exitCode()).as("told in order, by close_notify").isZero();
            stays.type("! is part of this\n").awaitOutput("! is part of this\n");
            assertThat(stays.output()).doesNotContain("!\n").doesNotContain("!\r");
        }
    }

    @Test
    void socatGetsItsDatagramBack() {
        String udp = server.find("^UDP echo +127\\.0\\.0\\.1:(\\d+)");
        try (var socat = socat("UDP4:127.0.0.1:" + udp)) {
            socat.type("there and back\n").awaitOutput("there and back\n");
        }
    }

    @Test
    void multicastListenerOnLoopbackHearsTheServer() {
        String port = server.find("^multicast +239\\.255\\.0\\.1:(\\d+)");
        try (var socat = Program.system(
                "socat",
                "socat",
                "-u",
                "UDP4-RECV:" + port + ",reuseaddr,ip-add-membership=239.255.0.1:127.0.0.1",
                "-")) {
            socat.awaitOutput("tramway ").awaitOutput(" sessions=").awaitOutput(" datagrams=");
        }
    }

    @Test
    void terminationDrainsAndReports() {
        try (var stopped = serve(state);
                var client = nc(stopped.find("^TCP chat +127\\.0\\.0\\.1:(\\d+)"))) {
            assertThat(stopped.output()).contains("made at an earlier start");
            client.type("last words\n").awaitOutput("last words\n");
            assertThat(stopped.terminate().exitCode()).isZero();
            assertThat(stopped.output()).contains("Stopped: drained 1, cut 0");
            assertThat(client.endInput().exitCode()).isZero();
        }
    }

    @Test
    void consoleSpeaksToAllAndItsEndStops() {
        try (var serving = serve(state, "--console", "--no-tls");
                var client = nc(serving.find("^TCP chat +127\\.0\\.0\\.1:(\\d+)"))) {
            serving.type("closing time\n");
            client.awaitOutput("(admin) closing time\n");
            assertThat(serving.endInput().exitCode()).isZero();
        }
    }
}
