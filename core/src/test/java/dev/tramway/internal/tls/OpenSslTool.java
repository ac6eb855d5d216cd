package dev.tramway.internal.tls;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code openssl} program, as an independent judge of certificates. */
public final class OpenSslTool {
    private OpenSslTool() {}

    /** Skips the test where the program is missing. */
    public static void assume() {
        assumeThat(isPresent()).as("openssl is installed").isTrue();
    }

    private static boolean isPresent() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Runs it and returns everything it said; fails if it failed. */
    public static String run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
