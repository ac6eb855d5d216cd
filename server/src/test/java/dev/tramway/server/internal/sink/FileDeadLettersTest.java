package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLettersTest {
    @TempDir
    private Path directory;

    @Test
    void framesAreKeptOneInALine() throws IOException {
        Path file = directory.resolve("dead.jsonl");
        byte[] frame = {0, 1, (byte) 0xfe};
        try (var letters = new FileDeadLetters(file, JsonLines.Rotation.DEFAULT)) {
            letters.add("plant", "192.0.2.1:1234", frame, "no definition\n\ud800 \"it\"");
            frame[0] = 9;
            letters.add("plant", "192.0.2.1:1234", new byte[5000], "too long");
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains("\"listener\":\"plant\",\"from\":\"192.0.2.1:1234\"", "\"length\":\"3\",\"frame\":\"0001fe\"")
                .contains("\"why\":\"no definition\\n? \\\"it\\\"\"");
        assertThat(lines.get(1)).contains("\"length\":\"5000\"").hasSizeLessThan(9000);
    }

    @Test
    void diskThatDoesNotTakeThemIsCounted() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");
        var letters = new FileDeadLetters(inTheWay.resolve("dead.jsonl"), JsonLines.Rotation.DEFAULT);
        letters.add("plant", "192.0.2.1:1234", new byte[1], "no definition");
        letters.close();
        assertThat(letters.dropped()).isEqualTo(1);
        assertThat(letters.written()).isZero();
    }
}
