package dev.tramway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker of the documents finds what is there, and complains of what is not. */
class NamesTest {
    private static final Names NAMES = Names.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TcpServer",
                "TcpServer.Builder",
                "CloseReason.Kind#SLOW_CONSUMER",
                "Session#send",
                "ServerStats#bytesSent",
                "TcpServer.Builder#framing",
                "Framing#DEFAULT_LINE",
                "NamesTest",
                "NamesTest#findsWhatIsThere",
                "tramway",
                "./tramway --version",
                "tramway cert ca",
                "tramway cert server --out tls --password=qwerty --san a,b",
                "tramway cert convert server.p12 server.pem --in-password",
                "tramway example tcp-chat-server 1111",
                "core/",
                "./mvnw verify -Plong -pl core",
                "core/pom.xml",
                "mvnw"
            })
    void findsWhatIsThere(String name) {
        assertThat(NAMES.problem(name, Names.Scope.PUBLIC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TcpServant",
                "TcpServer.Bilder",
                "Builder",
                "CloseReason.Kind#TIRED",
                "Session#sendd",
                "NamesTest#findsNothing",
                "NoSuchTest",
                "tramway bake",
                "./tramway cert cake",
                "tramway cert ca --sugar",
                "tramway cert ca here",
                "tramway cert ca --force here",
                "tramway example no-such-example",
                "core/pom.yml",
                "heart/",
                "./mvnw verify -Pshort",
                "docs/none.md",
                "NOTES.md"
            })
    void complainsOfWhatIsNot(String name) {
        assertThat(NAMES.understands(name)).isTrue();
        assertThat(NAMES.problem(name, Names.Scope.ALL)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TcpSession", "TcpSession#drain", "InboundFrames"})
    void insideIsKnownOnlyInside(String name) {
        assertThat(NAMES.problem(name, Names.Scope.ALL)).isEmpty();
        assertThat(NAMES.problem(name, Names.Scope.PUBLIC)).isPresent();
    }

    @Test
    void otherCodeIsNotUnderstood() {
        assertThat(NAMES.understands("session.send(...)")).isFalse();
        assertThat(NAMES.understands("core")).isFalse();
    }
}
