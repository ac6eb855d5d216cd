package dev.tramway.cli.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tramway.Credentials;
import dev.tramway.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertToolTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int cert(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CertTool().run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void made(String... arguments) {
        assertThat(cert(arguments)).as("%s", err).isZero();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(ToolProvider.class))
                .anySatisfy(tool -> assertThat(tool).isInstanceOf(CertTool.class));
        assertThat(new CertTool().description()).isPresent();
    }

    @Test
    void makesTheSetOfTheRecipes() throws Exception {
        String tls = dir.toString();
        made(
                "ca",
                "--out",
                tls,
                "--password",
                "qwerty",
                "--subject",
                "/C=BY/ST=Belarus/L=Minsk/O=Example root CA/OU=Example CA unit/CN=example.com");
        assertThat(out.toString().lines()).hasSize(6).anyMatch(line -> line.contains("ca-secret.key  encrypted key"));
        made(
                "server",
                "--out",
                tls,
                "--password",
                "qwerty",
                "--key",
                "rsa:2048",
                "--days",
                "90",
                "--subject",
                "C=BY,O=Example, Server,CN=server.example.com",
                "--san",
                "server.example.com,10.0.0.7");
        made("client", "--out", tls, "--password", "qwerty", "--subject", "CN=device-17");
        made("dhparam", "--out", tls);

        assertThat(files())
                .containsExactly(
                        "ca-secret.key",
                        "ca.crt",
                        "ca.key",
                        "ca.p12",
                        "ca.pem",
                        "ca.pfx",
                        "client-secret.key",
                        "client.crt",
                        "client.csr",
                        "client.key",
                        "client.p12",
                        "client.pem",
                        "client.pfx",
                        "dh4096.pem",
                        "server-secret.key",
                        "server.crt",
                        "server.csr",
                        "server.key",
                        "server.p12",
                        "server.pem",
                        "server.pfx");
        assertThat(Tls.pem(dir.resolve("server.pem"), "qwerty").describe()).contains("server.example.com", "RSA 2048");
        assertThat(Credentials.pkcs12(dir.resolve("server.p12"), "qwerty")
                        .certificate()
                        .getSubjectX500Principal()
                        .getName())
                .contains("O=Example\\, Server");
    }

    @Test
    void opensslAgrees() throws Exception {
        assumeThat(openssl("version")).isPresent();
        String tls = dir.toString();
        made("ca", "--out", tls, "--password", "qwerty", "--key", "ec:P-384");
        made("server", "--out", tls, "--password", "qwerty", "--san", "server.example.com");
        made("client", "--out", tls, "--password", "qwerty");
        made("csr", "--out", tls, "--name", "request", "--san", "a.test,10.1.2.3");
        made("dhparam", "--out", tls, "--bits", "2048");
        made("dhparam", "--out", tls, "--bits", "512", "--random", "--name", "own");

        assertThat(openssl("verify", "-CAfile", "ca.crt", "-purpose", "sslserver", "server.crt"))
                .hasValueSatisfying(said -> assertThat(said).contains("OK"));
        assertThat(openssl("verify", "-CAfile", "ca.crt", "-purpose", "sslclient", "client.crt"))
                .hasValueSatisfying(said -> assertThat(said).contains("OK"));
        for (String name : List.of("ca", "server", "client")) {
            assertThat(openssl("pkey", "-in", name + ".key", "-check", "-noout"))
                    .isPresent();
            assertThat(openssl("pkey", "-in", name + "-secret.key", "-passin", "pass:qwerty", "-check", "-noout"))
                    .isPresent();
            assertThat(openssl("pkcs12", "-in", name + ".p12", "-passin", "pass:qwerty", "-info", "-noout"))
                    .isPresent();
            assertThat(openssl("pkcs12", "-in", name + ".pfx", "-passin", "pass:qwerty", "-info", "-noout"))
                    .isPresent();
            assertThat(openssl("pkey", "-in", name + ".pem", "-passin", "pass:qwerty", "-noout"))
                    .isPresent();
        }
        assertThat(openssl("req", "-in", "request.csr", "-verify", "-noout", "-text"))
                .hasValueSatisfying(said -> assertThat(said).contains("DNS:a.test", "IP Address:10.1.2.3"));
        assertThat(openssl("dhparam", "-in", "dh2048.pem", "-check", "-noout")).isPresent();
        assertThat(openssl("dhparam", "-in", "own.pem", "-check", "-noout")).isPresent();
    }

    @Test
    void withoutPasswordNothingIsEncrypted() throws Exception {
        made("server", "--out", dir.toString(), "--self-signed");
        assertThat(files()).containsExactly("server.crt", "server.csr", "server.key", "server.pem");
        assertThat(Tls.pem(dir.resolve("server.pem"), "").describe()).contains("CN=localhost");
    }

    @Test
    void authorityMayComeFromAnywhere() {
        made("ca", "--out", dir.resolve("ca").toString(), "--password", "secret", "--name", "root");
        made(
                "server",
                "--out",
                dir.resolve("a").toString(),
                "--ca",
                dir.resolve("ca/root.p12").toString(),
                "--ca-password",
                "secret");
        made(
                "server",
                "--out",
                dir.resolve("b").toString(),
                "--ca",
                dir.resolve("ca/root.crt").toString(),
                "--ca-key",
                dir.resolve("ca/root-secret.key").toString(),
                "--ca-password",
                "secret");
        made(
                "server",
                "--out",
                dir.resolve("c").toString(),
                "--ca",
                dir.resolve("ca/root.pem").toString(),
                "--ca-password",
                "secret");
    }

    @Test
    void convertsBetweenTheForms() {
        made("ca", "--out", dir.toString());
        made(
                "convert",
                dir.resolve("ca.crt").toString(),
                dir.resolve("x.p12").toString(),
                "--in-key",
                dir.resolve("ca.key").toString(),
                "--password",
                "one");
        made(
                "convert",
                dir.resolve("x.p12").toString(),
                dir.resolve("x.pem").toString(),
                "--in-password",
                "one",
                "--password",
                "two");
        made("convert", dir.resolve("x.pem").toString(), dir.resolve("x.key").toString(), "--in-password", "two");

        assertThat(Credentials.pem(dir.resolve("ca.crt"), dir.resolve("x.key"), "")
                        .key())
                .isEqualTo(Credentials.pem(dir.resolve("ca.crt"), dir.resolve("ca.key"), "")
                        .key());
    }

    @Test
    void mistakesAreToldInOneLine() {
        String tls = dir.toString();
        assertMistake(1, "tramway cert ca", "server", "--out", tls);
        assertMistake(2, "expected: rsa:2048", "ca", "--out", tls, "--key", "rsa:512");
        assertMistake(2, "two letters", "ca", "--out", tls, "--subject", "C=Belarus");
        assertMistake(2, "expected: fields such as", "ca", "--out", tls, "--subject", "nonsense");
        assertMistake(2, "Unknown option", "ca", "--nonsense");
        assertMistake(2, "expected: 2048", "dhparam", "--out", tls, "--bits", "1024");
        made("ca", "--out", tls);
        assertMistake(1, "--force", "ca", "--out", tls);
        made("ca", "--out", tls, "--force");
        assertMistake(
                2,
                "ends in",
                "convert",
                dir.resolve("ca.pem").toString(),
                dir.resolve("x.doc").toString());
        assertMistake(
                1,
                "no file",
                "convert",
                dir.resolve("none.pem").toString(),
                dir.resolve("x.p12").toString());
        assertThat(cert()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage");
        made("--help");
        assertThat(out.toString()).contains("dhparam", "convert");
    }

    private void assertMistake(int code, String words, String... arguments) {
        assertThat(cert(arguments)).as("%s", out).isEqualTo(code);
        assertThat(err.toString()).contains(words);
        assertThat(err.toString().lines()).hasSize(1);
    }

    /** What openssl says; nothing if it is missing or fails. */
    private Optional<String> openssl(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
