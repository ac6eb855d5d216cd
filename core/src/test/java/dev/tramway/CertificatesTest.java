package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tramway.internal.tls.OpenSslTool;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    private static final Credentials CA = Certificates.authority("Example root CA")
            .subject("C", "BY")
            .subject("ST", "Belarus")
            .subject("L", "Minsk")
            .subject("O", "Example")
            .subject("OU", "Unit, with comma")
            .make();

    @TempDir
    Path dir;

    private Path file(String name) {
        return dir.resolve(name);
    }

    @Test
    void serverCertificateSaysWhatWasAsked() throws Exception {
        Credentials server = Certificates.server("server.example.com", "10.0.0.7", "::1", "пример.рф")
                .alternativeNames("*.example.com", "10.0.0.7")
                .lifetime(Duration.ofDays(30))
                .signedBy(CA)
                .make();

        var certificate = server.certificate();
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .containsExactly(
                        "server.example.com", "10.0.0.7", "0:0:0:0:0:0:0:1", "xn--e1afmkfd.xn--p1ai", "*.example.com");
        assertThat(certificate.getIssuerX500Principal())
                .isEqualTo(CA.certificate().getSubjectX500Principal());
        assertThat(certificate.getNotAfter().toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(30)));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.chain()).hasSize(1);
    }

    @Test
    void certificateDoesNotOutliveItsAuthority() {
        Credentials brief =
                Certificates.authority("Brief").lifetime(Duration.ofDays(2)).make();
        Credentials server = Certificates.server("a.test").signedBy(brief).make();
        assertThat(server.certificate().getNotAfter())
                .isEqualTo(brief.certificate().getNotAfter());
    }

    @Test
    void authorityUnderAnAuthorityIsPartOfTheChain() {
        Credentials middle = Certificates.authority("Middle").signedBy(CA).make();
        Credentials server = Certificates.server("a.test").signedBy(middle).make();
        assertThat(server.chain()).containsExactly(server.certificate(), middle.certificate());
    }

    @Test
    void mistakesAreNamed() {
        Credentials server = Certificates.server("a.test").make();
        assertThatThrownBy(() -> Certificates.client("x").signedBy(server))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("CN=a.test");
        assertThatThrownBy(Certificates::server).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Certificates.client("x").subject("C", "Belarus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two letters");
        assertThatThrownBy(() -> Certificates.client("x").subject("X", "y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Certificates.client("x").lifetime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Certificates.dhParameters(1024)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyFilesCanBeReadByTheirOwnerOnly() throws Exception {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        CA.writePem(file("ca.crt"), file("ca.key"), "");
        CA.writePem(file("ca.pem"), "qwerty");
        CA.writePkcs12(file("ca.p12"), "qwerty");

        for (String secret : List.of("ca.key", "ca.pem", "ca.p12")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(secret))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("ca.crt"))))
                .isEqualTo("rw-r--r--");
        try (var files = Files.list(dir)) {
            assertThat(files).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Certificates.Key.class)
    void everyFormIsReadBackAsItWasWritten(Certificates.Key key) {
        Credentials made = Certificates.server("a.test").key(key).signedBy(CA).make();
        made.writePem(file("a.crt"), file("a.key"), "");
        made.writeKey(file("a-secret.key"), "qwerty");
        made.writePem(file("a.pem"), "qwerty");
        made.writePkcs12(file("a.p12"), "qwerty");

        for (Credentials read : List.of(
                Credentials.pem(file("a.crt"), file("a.key"), ""),
                Credentials.pem(file("a.crt"), file("a-secret.key"), "qwerty"),
                Credentials.pem(file("a.pem"), file("a.pem"), "qwerty"),
                Credentials.pkcs12(file("a.p12"), "qwerty"))) {
            assertThat(read.chain()).isEqualTo(made.chain());
            assertThat(read.key()).isEqualTo(made.key());
        }
    }

    /** What we write, read by openssl. */
    @Nested
    class Written {
        @BeforeEach
        void tool() {
            OpenSslTool.assume();
        }

        @ParameterizedTest
        @EnumSource(Certificates.Key.class)
        void opensslAcceptsEveryForm(Certificates.Key key) {
            Credentials server = Certificates.server("server.example.com", "10.0.0.7")
                    .key(key)
                    .signedBy(CA)
                    .make();
            CA.writeCertificates(file("ca.crt"));
            server.writePem(file("s.crt"), file("s.key"), "");
            server.writeKey(file("s-secret.key"), "qwerty");
            server.writePem(file("s.pem"), "qwerty");
            server.writePkcs12(file("s.p12"), "qwerty");

            assertThat(run(
                            "verify",
                            "-CAfile",
                            "ca.crt",
                            "-purpose",
                            "sslserver",
                            "-verify_hostname",
                            "server.example.com",
                            "s.crt"))
                    .contains("s.crt: OK");
            assertThat(run("x509", "-in", "s.crt", "-noout", "-text"))
                    .contains(
                            "Version: 3",
                            "DNS:server.example.com",
                            "IP Address:10.0.0.7",
                            "TLS Web Server Authentication");
            assertThat(run("pkey", "-in", "s.key", "-check", "-noout")).contains("Key is valid");
            assertThat(run("pkey", "-in", "s-secret.key", "-passin", "pass:qwerty", "-check", "-noout"))
                    .contains("Key is valid");
            assertThat(run("pkey", "-in", "s.pem", "-passin", "pass:qwerty", "-check", "-noout"))
                    .contains("Key is valid");
            assertThat(run("pkcs12", "-in", "s.p12", "-passin", "pass:qwerty", "-info", "-nokeys"))
                    .contains("CN = server.example.com");
        }

        @Test
        void opensslReadsTheAuthority() {
            CA.writeCertificates(file("ca.crt"));
            assertThat(run("x509", "-in", "ca.crt", "-noout", "-text"))
                    .contains("CA:TRUE", "Certificate Sign", "C = BY, ST = Belarus, L = Minsk, O = Example");
            assertThat(run("verify", "-CAfile", "ca.crt", "ca.crt")).contains("OK");
        }

        @Test
        void opensslSignsOurRequest() throws Exception {
            Credentials key = Certificates.server("a.test").make();
            Files.writeString(
                    file("a.csr"),
                    Certificates.server("a.test", "10.1.2.3")
                            .subject("O", "Example")
                            .request(key));
            CA.writePem(file("ca.crt"), file("ca.key"), "");
            key.writeKey(file("a.key"), "");

            assertThat(run("req", "-in", "a.csr", "-noout", "-verify", "-text"))
                    .contains("verify OK", "DNS:a.test", "IP Address:10.1.2.3", "O = Example");
            run(
                    "x509",
                    "-req",
                    "-in",
                    "a.csr",
                    "-CA",
                    "ca.crt",
                    "-CAkey",
                    "ca.key",
                    "-set_serial",
                    "01",
                    "-days",
                    "9",
                    "-out",
                    "a.crt");
            assertThat(Credentials.pem(file("a.crt"), file("a.key"), "")
                            .certificate()
                            .getSubjectX500Principal()
                            .getName())
                    .contains("CN=a.test");
        }

        @ParameterizedTest
        @ValueSource(ints = {2048, 3072, 4096, 6144, 8192})
        void opensslKnowsTheDhGroups(int bits) throws Exception {
            Files.writeString(file("dh.pem"), Certificates.dhParameters(bits));
            run("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe" + bits, "-out", "known.pem");

            assertThat(run("dhparam", "-in", "dh.pem", "-noout", "-text")
                            .lines()
                            .skip(1))
                    .containsAll(run("pkeyparam", "-in", "known.pem", "-noout", "-text")
                            .lines()
                            .filter(line -> line.startsWith("        "))
                            .toList());
        }

        @Test
        void opensslAcceptsARandomPrime() throws Exception {
            Files.writeString(file("dh.pem"), Certificates.randomDhParameters(512));
            assertThat(run("dhparam", "-in", "dh.pem", "-noout", "-check")).contains("DH parameters appear to be ok");
        }

        private String run(String... arguments) {
            return OpenSslTool.run(dir, arguments);
        }
    }
}
