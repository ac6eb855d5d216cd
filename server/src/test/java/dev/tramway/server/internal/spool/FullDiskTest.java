package dev.tramway.server.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of two MiB that is really full: a file system in memory, in a name space of its own, which needs no rights. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final String MOUNT = "mount -t tmpfs -o size=2m none \"$1\"";

    @TempDir
    private Path directory;

    private record Outcome(int code, String output) {}

    private Outcome inOwnMounts(String script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    @Test
    void nothingIsAcknowledgedThatIsNotKeptAndSpaceBringsItBack() throws IOException, InterruptedException {
        Outcome mount = inOwnMounts(MOUNT, directory.toString());
        assumeThat(mount.code())
                .as("this machine lets nobody mount: %s", mount.output())
                .isZero();
        Outcome run = inOwnMounts(
                MOUNT + " && exec \"$2\" -Xmx128m -cp \"$3\" \"$4\" \"$1\"",
                directory.toString(),
                ProcessHandle.current().info().command().orElseThrow(),
                System.getProperty("java.class.path"),
                FullDisk.class.getName());
        assertThat(run.output()).contains("as promised");
        assertThat(run.code()).isZero();
    }
}
