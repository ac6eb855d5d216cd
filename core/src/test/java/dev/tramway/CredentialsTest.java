package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.internal.tls.OpenSslTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl writes by the well-known recipes, read by us. */
class CredentialsTest {
    @TempDir
    static Path dir;

    @BeforeAll
    static void recipes() {
        OpenSslTool.assume();
        run("genrsa -des3 -passout pass:qwerty -out ca-secret.key 4096");
        run("rsa -passin pass:qwerty -in ca-secret.key -out ca.key");
        run(
                "req -new -x509 -days 3650 -subj /C=BY/ST=Belarus/L=Minsk/O=Example/CN=example.com -key ca.key -out ca.crt");
        run("pkcs12 -clcerts -export -passout pass:qwerty -in ca.crt -inkey ca.key -out ca.p12");
        run("genrsa -des3 -passout pass:qwerty -out server-secret.key 4096");
        run("rsa -passin pass:qwerty -in server-secret.key -out server.key");
        run("req -new -subj /C=BY/O=Example/CN=server.example.com -key server.key -out server.csr");
        run("x509 -req -days 3650 -in server.csr -CA ca.crt -CAkey ca.key -set_serial 01 -out server.crt");
        run("pkcs12 -clcerts -export -passout pass:qwerty -in server.crt -inkey server.key -out server.p12");
        run("pkcs12 -clcerts -passin pass:qwerty -passout pass:qwerty -in server.p12 -out server.pem");
        run("pkcs12 -export -passout pass: -out server.pfx -inkey server.key -in server.crt");
    }

    @Test
    void everyFileOfTheRecipesLoads() {
        Credentials expected = Credentials.pem(file("server.crt"), file("server.key"), "");
        for (Credentials read : List.of(
                Credentials.pem(file("server.crt"), file("server-secret.key"), "qwerty"),
                Credentials.pem(file("server.pem"), file("server.pem"), "qwerty"),
                Credentials.pkcs12(file("server.p12"), "qwerty"),
                Credentials.pkcs12(file("server.pfx"), ""))) {
            assertThat(read.key()).isEqualTo(expected.key());
            assertThat(read.certificate()).isEqualTo(expected.certificate());
        }
        assertThat(Tls.pem(file("server.pem"), "qwerty").describe()).contains("CN=server.example.com", "RSA 4096");
        assertThat(Tls.client().trust(file("ca.crt")).describe()).contains("1 named");
        assertThat(Tls.client().trust(file("ca.p12"), "qwerty").describe()).contains("1 named");
        assertThat(Tls.client()
                        .trust(file("ca.crt"))
                        .certificate(file("server.crt"), file("server.key"), "")
                        .describe())
                .contains("CN=server.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa -traditional -des3 -in server.key -passout pass:qwerty -out old.key",
                "rsa -traditional -aes128 -in server.key -passout pass:qwerty -out old.key",
                "rsa -traditional -aes256 -in server.key -passout pass:qwerty -out old.key",
                "rsa -traditional -in server.key -out old.key",
                "pkcs8 -topk8 -v2 aes-128-cbc -in server.key -passout pass:qwerty -out old.key",
                "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -in server.key -passout pass:qwerty -out old.key",
                "pkcs8 -topk8 -v2 des3 -v2prf hmacWithSHA1 -in server.key -passout pass:qwerty -out old.key",
                "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in server.key -passout pass:qwerty -out old.key"
            })
    void everyEncryptionOfAKeyLoads(String recipe) {
        run(recipe);
        Credentials read = Credentials.pem(file("server.crt"), file("old.key"), "qwerty");
        assertThat(read.key())
                .isEqualTo(Credentials.pem(file("server.crt"), file("server.key"), "")
                        .key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-des3 -passout pass:qwerty", ""})
    void traditionalEllipticCurveKeyLoads(String encryption) {
        run("ecparam -name secp384r1 -genkey -out plain.key");
        run("req -new -x509 -subj /CN=ec -key plain.key -out ec.crt");
        run(("ec " + encryption + " -in plain.key -out ec.key").replace("  ", " "));
        assertThat(Credentials.pem(file("ec.crt"), file("ec.key"), "qwerty")
                        .key()
                        .getAlgorithm())
                .isEqualTo("EC");
    }

    @Test
    void edwardsKeyLoads() {
        run("genpkey -algorithm ed25519 -out ed.key");
        run("req -new -x509 -subj /CN=ed -key ed.key -out ed.crt");
        assertThat(Credentials.pem(file("ed.crt"), file("ed.key"), "").key().getAlgorithm())
                .isEqualTo("EdDSA");
    }

    @Test
    void mistakesNameFileFindingAndRemedy() throws Exception {
        assertRefused("server.crt", "missing.key", "", "no file", "missing.key");
        assertRefused("server.crt", "server-secret.key", "", "encrypted", "give its password");
        assertRefused("server.crt", "server-secret.key", "wrong", "does not open with this password");
        assertRefused("server.crt", "server.crt", "", "holds no private key but CERTIFICATE");
        assertRefused("server.key", "server.key", "", "holds no certificate but PRIVATE KEY");
        assertRefused("server.crt", "ca.key", "", "does not belong to the certificate");
        assertRefused("server.p12", "server.key", "", "cannot be read");
        assertRefused("server.crt", "server.p12", "", "not PEM", "Tls.pkcs12");
        Files.writeString(file("junk.pem"), "junk");
        assertRefused("junk.pem", "server.key", "", "not PEM");
        run("pkcs8 -topk8 -scrypt -in server.key -passout pass:qwerty -out scrypt.key");
        assertRefused("server.crt", "scrypt.key", "qwerty", "openssl pkcs8 -topk8 -v2 aes-256-cbc");
        assertThatThrownBy(() -> Credentials.pkcs12(file("server.p12"), "wrong"))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("server.p12 does not open with this password");
        assertThatThrownBy(() -> Credentials.pkcs12(file("server.pem"), "qwerty"))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("not PKCS#12");
    }

    private static void assertRefused(String chain, String key, String password, String... words) {
        assertThatThrownBy(() -> Tls.pem(file(chain), file(key), password))
                .isInstanceOf(TlsException.class)
                .hasMessageContainingAll(words);
    }

    private static void run(String recipe) {
        OpenSslTool.run(dir, recipe.split(" "));
    }

    private static Path file(String name) {
        return dir.resolve(name);
    }
}
