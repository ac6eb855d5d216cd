package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tramway.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1");

    @TempDir
    private Path directory;

    private OwnCertificate.Kept get(Clock clock, List<String> names) {
        return new OwnCertificate(directory, clock).get(names);
    }

    private OwnCertificate.Kept get() {
        return get(Clock.systemUTC(), NAMES);
    }

    private static Clock in(int days) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofDays(days));
    }

    @Test
    void isMadeOnceAndUsedAgain() {
        var first = get();
        var second = get();
        assertThat(first.origin()).isEqualTo("made now");
        assertThat(second.origin()).isEqualTo("made at an earlier start");
        assertThat(second.credentials().certificate())
                .isEqualTo(first.credentials().certificate());
    }

    @Test
    void keyCanBeReadByItsOwnerOnly() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        get();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("serve.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void expiredOneIsRenewedWithTheSameKey() {
        var first = get();
        var late = get(in(400), NAMES);
        assertThat(late.origin()).contains("had expired");
        assertThat(late.credentials().certificate())
                .isNotEqualTo(first.credentials().certificate());
        assertThat(late.credentials().certificate().getPublicKey())
                .isEqualTo(first.credentials().certificate().getPublicKey());
    }

    @Test
    void oneThatIsAboutToExpireIsRenewed() {
        get();
        assertThat(get(in(380), NAMES).origin()).contains("about to expire");
    }

    @Test
    void missingNameIsAdded() {
        get();
        var more = get(Clock.systemUTC(), List.of("localhost", "10.0.0.7"));
        assertThat(more.origin()).contains("was not for 10.0.0.7");
        assertThat(get(Clock.systemUTC(), List.of("LOCALHOST", "10.0.0.7")).origin())
                .isEqualTo("made at an earlier start");
    }

    @Test
    void damagedFileIsAnErrorWithARemedy() throws IOException {
        get();
        Files.writeString(directory.resolve("serve.key"), "nonsense");
        assertThatThrownBy(this::get)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("serve.key")
                .hasMessageContaining("to have new ones made");
    }

    @Test
    void directoryThatCannotBeIsAnErrorWithARemedy() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new OwnCertificate(file.resolve("state"), Clock.systemUTC()).get(NAMES))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("--state");
    }
}
