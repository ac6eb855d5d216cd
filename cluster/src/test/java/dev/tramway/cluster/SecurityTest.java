package dev.tramway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.Certificates;
import dev.tramway.ConnectFailedException;
import dev.tramway.Credentials;
import dev.tramway.cluster.testing.Await;
import dev.tramway.cluster.testing.LineClient;
import dev.tramway.cluster.testing.NatsOperator;
import dev.tramway.cluster.testing.NatsServer;
import dev.tramway.cluster.testing.TestNode;
import io.nats.client.NKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Towards NATS there are TLS, passwords, and keys. */
class SecurityTest {
    @TempDir
    Path directory;

    @Test
    void natsIsVerifiedAndWantsAPassword() throws Exception {
        Credentials authority = Certificates.authority("Test CA").make();
        Path authorities = directory.resolve("ca.crt");
        authority.writeCertificates(authorities);
        Path certificate = directory.resolve("nats.crt");
        Path key = directory.resolve("nats.key");
        Certificates.server("127.0.0.1").signedBy(authority).make().writePem(certificate, key, "");
        try (NatsServer nats = NatsServer.start(
                directory.resolve("nats"),
                "--tls",
                "--tlscert",
                certificate.toString(),
                "--tlskey",
                key.toString(),
                "--user",
                "tramway",
                "--pass",
                "secret")) {
            NatsOptions trusting =
                    NatsOptions.to(nats.url().replace("nats:", "tls:")).trust(authorities);
            NatsOptions right = trusting.user("tramway", "secret");
            try (TestNode a = TestNode.start(right);
                    TestNode b = TestNode.start(right)) {
                LineClient client = b.client();
                a.server().everywhere().broadcast("in secret");
                assertThat(client.next()).isEqualTo("in secret");
            }
            assertThatThrownBy(() -> NatsCluster.connect(trusting.user("tramway", "guess")))
                    .isInstanceOf(ConnectFailedException.class);
            Path others = directory.resolve("other.crt");
            Certificates.authority("Other CA").make().writeCertificates(others);
            assertThatThrownBy(() -> NatsCluster.connect(right.trust(others)))
                    .isInstanceOf(ConnectFailedException.class);
        }
    }

    /** With no more rights than the documents say. */
    @Test
    void aNodeLogsInWithACredentialsFile() throws Exception {
        NatsOperator operator = NatsOperator.create();
        Path configuration = operator.writeConfiguration(directory.resolve("nats.conf"));
        String[] publish = {"plant.>", "$KV.plant-nodes.>", "$KV.plant-places.>", "$JS.API.>", "$JS.FC.>"};
        String[] subscribe = {"plant.>", "_INBOX.>"};
        Path credentials = operator.writeUser(directory.resolve("node.creds"), publish, subscribe);
        Path strange = NatsOperator.create().writeUser(directory.resolve("other.creds"), publish, subscribe);
        try (NatsServer nats = NatsServer.start(directory.resolve("nats"), "-c", configuration.toString())) {
            NatsOptions options = NatsOptions.to(nats.url()).prefix("plant");
            NatsOptions known = options.credentials(credentials);
            try (TestNode a = TestNode.start(known);
                    TestNode b = TestNode.start(known)) {
                a.awaitOthers(1);
                Await.until("all is well", () -> b.cluster().health() == ClusterHealth.UP);
                LineClient client = b.client();
                a.server().everywhere().broadcast("to a member");
                assertThat(client.next()).isEqualTo("to a member");
                a.cluster().places().claim("pump", () -> {});
                Await.until(
                        "its place is known",
                        () -> b.cluster()
                                .places()
                                .find("pump")
                                .join()
                                .equals(Optional.of(a.cluster().id())));
                Await.get(a.cluster().stream("readings").append("1", new byte[] {1}));
            }
            // Who begins alone where NATS is not there does not where it says no.
            NatsOptions unknown = options.credentials(strange).required(false);
            assertThatThrownBy(() -> NatsCluster.connect(unknown)).isInstanceOf(ConnectFailedException.class);
        }
    }

    /** The keys of credentials files need a library, of which there is another edition than the client of NATS comes with. */
    @Test
    void theClientOfNatsSignsWithTheBouncyCastleThatWeHave() throws Exception {
        NKey key = NKey.createUser(null);
        byte[] nonce = "nonce".getBytes(StandardCharsets.UTF_8);
        byte[] signature = key.sign(nonce);
        assertThat(key.verify(nonce, signature)).isTrue();
        assertThat(key.verify("other".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
    }

    @Test
    void optionsAreCheckedAndPasswordsNotShown() {
        NatsOptions options = NatsOptions.to("nats://127.0.0.1:4222").user("tramway", "secret");
        assertThat(options.toString()).contains("tramway").doesNotContain("secret");
        assertThatThrownBy(() -> options.prefix("a.b")).hasMessageContaining("prefix: a.b");
        assertThatThrownBy(() -> options.bufferBytes(1)).hasMessageContaining("buffer: 1");
        assertThatThrownBy(() -> options.replicas(6)).hasMessageContaining("replicas: 6");
        assertThatThrownBy(NatsOptions::to).hasMessageContaining("urls: none");
    }
}
