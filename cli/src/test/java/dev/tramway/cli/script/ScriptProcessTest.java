package dev.tramway.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tramway script} as a process of its own. */
class ScriptProcessTest {
    @TempDir
    private Path directory;

    @Test
    void aSignalEndsAScriptWhoseOutputNobodyReads() throws Exception {
        // More than a pipe holds: the script hangs in the middle of it.
        Path script = Files.writeString(
                directory.resolve("much.os"),
                "Пока Истина Цикл Сообщить(СтрСоединить(Новый Массив(100001), \"-\")); КонецЦикла;");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.tramway.cli.Main",
                        "script",
                        script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo('-');
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
