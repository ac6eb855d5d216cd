package dev.tramway.server.internal.config;

import dev.tramway.server.internal.yaml.Flaw;
import dev.tramway.server.internal.yaml.Position;
import dev.tramway.server.internal.yaml.Problem;
import dev.tramway.server.internal.yaml.Problems;
import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import dev.tramway.server.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Reads configurations: a file of the operator's, or the one that the server comes with. */
public final class ConfigFile {
    /** Name of the configuration that the server comes with. */
    public static final String BUILTIN = "default.yaml";

    private static final Set<String> SECTIONS = new TreeSet<>(
            List.of("listeners", "devices", "sinks", "spool", "api", "commands", "outbound-budget", "state", "drain"));

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @param file in UTF-8; relative paths in it begin at its directory
     * @param environment variables that change it
     * @throws ConfigException with all that is wrong
     */
    public static ServerConfig load(Path file, Map<String, String> environment) {
        Path parent = file.toAbsolutePath().getParent();
        return read(file.toString(), bytes(file), parent == null ? Path.of("") : parent, environment);
    }

    /** The configuration that the server comes with; relative paths begin at the present directory. */
    public static ServerConfig builtin(Map<String, String> environment) {
        return read(BUILTIN, builtinText().getBytes(StandardCharsets.UTF_8), Path.of(""), environment);
    }

    /** The text of the configuration that the server comes with, to begin one's own with. */
    public static String builtinText() {
        try (InputStream in = ConfigFile.class.getResourceAsStream(BUILTIN)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        Position start = new Position(file.toString(), 1, 1);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw failed(start.flaw("no such file", "a configuration", "check the path"));
        } catch (IOException e) {
            throw failed(
                    start.flaw("a file that cannot be read: " + e.getMessage(), "a configuration", "check the path"));
        }
    }

    private static ConfigException failed(Flaw flaw) {
        return new ConfigException(List.of(flaw.problem()));
    }

    private static ServerConfig read(String name, byte[] bytes, Path directory, Map<String, String> environment) {
        Problems problems = new Problems();
        Yaml document;
        try {
            document = YamlReader.read(name, text(name, bytes));
        } catch (Flaw flaw) {
            throw failed(flaw);
        }
        Yaml changed = new Environment(environment, problems).applied(document, SECTIONS);
        problems.settle();
        ServerConfig config = problems.read(
                        () -> new ConfigReader(directory, problems).read(Section.of(changed, "a configuration")))
                .orElse(null);
        List<Problem> found = problems.all();
        if (config == null || !found.isEmpty()) {
            throw new ConfigException(found);
        }
        return config;
    }

    /** The text of UTF-8, without a byte order mark. */
    private static String text(String file, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            String text = decoder.decode(input).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < input.position(); i++) {
                column = bytes[i] == '\n' ? 1 : column + 1;
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new Position(file, line, column)
                    .flaw(
                            "bytes that are no UTF-8",
                            "text in UTF-8",
                            "save the file in UTF-8, not in another code page");
        }
    }
}
