package dev.tramway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cli.frames.FramesTool;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.TestResult;
import dev.tramway.frames.secure.DeviceKeys;
import dev.tramway.frames.secure.PlainAes;
import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents on frames: their examples run, and their lists are complete. */
class FramesDocumentsTest {
    @TempDir
    Path dir;

    @Test
    void theTutorialRuns() throws Exception {
        List<Document.Block> blocks = Document.read("docs/frames.md").blocks();
        Path definition = dir.resolve("tank.yaml");
        int outputs = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Document.Block block = blocks.get(i);
            switch (block.language()) {
                case "yaml" -> Files.writeString(definition, block.text());
                case "sh" ->
                    assertThat(run(block.text().strip(), definition))
                            .isEqualToNormalizingNewlines(blocks.get(i + 1).text());
                case "java" ->
                    assertThat(runJava(block.text(), definition).strip())
                            .isEqualTo(blocks.get(i + 1).text().strip());
                default -> outputs++;
            }
        }
        assertThat(outputs).isEqualTo(4);
    }

    private String run(String line, Path definition) {
        String[] words = line.replace("./tramway frames ", "").split(" ");
        String[] arguments = Stream.of(words)
                .map(word -> word.equals("tank.yaml") ? definition.toString() : word)
                .toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new FramesTool().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        assertThat(code).as("%s: %s", line, err).isZero();
        return out.toString().replace(definition.toString(), "tank.yaml");
    }

    /** As a program of its own, straight from its source. */
    private String runJava(String source, Path definition) throws IOException, InterruptedException {
        Path file = Files.writeString(dir.resolve("Tank.java"), source);
        Path log = dir.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString(),
                        definition.toString())
                .redirectError(log.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
        // The log goes to the same place unless it is set up otherwise.
        return output.lines()
                .filter(line -> line.startsWith("tank."))
                .findFirst()
                .orElse(output);
    }

    @Test
    void theExamplesOfTheReferenceLoadAndPass() {
        List<Document.Block> examples = Document.read("docs/frames-reference.md").blocks().stream()
                .filter(block -> block.language().equals("yaml"))
                .toList();
        assertThat(examples)
                .hasSize(2)
                .allSatisfy(example -> assertThat(
                                Protocol.parse("reference.yaml", example.text()).test())
                        .isNotEmpty()
                        .allMatch(TestResult::passed));
    }

    @Test
    void theTableOfSizesIsTrue() {
        Map<String, Integer> added32 = sizes(32);
        Map<String, Integer> added10 = sizes(10);
        List<Document.Row> rows = Document.read("docs/frames-security.md").rows().stream()
                .filter(row -> row.cells().size() == 7
                        && added32.containsKey(row.cells().get(0)))
                .toList();
        assertThat(rows).hasSize(5).allSatisfy(row -> {
            String link = row.cells().get(0);
            for (int column : new int[] {1, 4}) {
                int size = (column == 1 ? added32 : added10).getOrDefault(link, -1);
                assertThat(row.cells().get(column)).isEqualTo(String.valueOf(size));
                assertThat(row.cells().get(column + 1)).isIn("", String.valueOf(size + 40));
                assertThat(row.cells().get(column + 2)).isIn("", String.valueOf(size + 28));
            }
        });
    }

    private static Map<String, Integer> sizes(int message) {
        byte[] plain = new byte[message];
        return Map.of(
                "clear",
                message,
                "SecureLink, stream",
                link(false).seal(plain).length,
                "SecureLink, datagrams",
                link(true).seal(plain).length,
                "PlainAes, AES-GCM",
                PlainAes.gcm(new byte[16]).seal(plain, new byte[0]).length,
                "PlainAes, AES-CBC and HMAC of 8 bytes",
                PlainAes.cbcHmac(new byte[16], new byte[32], 8).seal(plain, new byte[0]).length);
    }

    private static SecureLink link(boolean datagrams) {
        byte[] key = new byte[16];
        var device = SecureHandshake.device("a", 0, key);
        var accepted =
                SecureHandshake.accept(ByteBuffer.wrap(device.hello()), new DeviceKeys().put("a", 0, key), datagrams);
        return device.finish(ByteBuffer.wrap(accepted.orElseThrow().answer().bytes()), datagrams)
                .orElseThrow();
    }
}
