package dev.tramway.frames.internal.load;

import dev.tramway.frames.DefinitionException;
import dev.tramway.frames.DefinitionProblem;
import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.yaml.Yaml;
import dev.tramway.frames.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds definitions: in files, and among those that come with Tramway. */
public final class Library {
    /** The protocols that come with Tramway. */
    public static final List<String> NAMES = List.of(
            "aqua-plc",
            "dlms-hdlc",
            "dsmr-p1",
            "gt06",
            "h02",
            "iec104",
            "jt600",
            "jt808",
            "mbus",
            "modbus-ascii",
            "modbus-rtu",
            "modbus-tcp",
            "nmea0183",
            "sia-dc09",
            "teltonika");

    private static final int MAX_NESTED = 4;

    private final @Nullable Path directory;
    private final int depth;

    private Library(@Nullable Path directory, int depth) {
        this.directory = directory;
        this.depth = depth;
    }

    /** Reads a file. */
    public static Definition load(Path file) {
        return new Library(file.toAbsolutePath().getParent(), 0).read(file);
    }

    /** Reads a text. */
    public static Definition parse(String file, String text) {
        return DefinitionLoader.load(file, text, new Library(null, 0)::nested);
    }

    /** Reads one of those that come with Tramway. */
    public static Definition builtin(String name) {
        return new Library(null, 0).readBuiltin(name);
    }

    /** The text of one of those that come with Tramway. */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("protocol " + name + ": unknown (expected: one of " + NAMES + ")");
        }
        try (InputStream in = Library.class.getResourceAsStream("/dev/tramway/frames/library/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("definition of " + name + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Definition readBuiltin(String name) {
        return DefinitionLoader.load(name + ".yaml", text(name), this::nested);
    }

    private Definition read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > YamlReader.MAX_TEXT) {
                throw problem(
                        name, "a file of " + Files.size(file) + " bytes", "at most " + YamlReader.MAX_TEXT, "split it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return DefinitionLoader.load(name, text, this::nested);
        } catch (CharacterCodingException e) {
            throw problem(name, "bytes that are no UTF-8", "a text in UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            throw problem(name, "it cannot be read: " + e, "a readable file", "check path and permissions");
        }
    }

    private static DefinitionException problem(String file, String found, String expected, String remedy) {
        return new DefinitionException(List.of(new DefinitionProblem(file, 1, 1, found, expected, remedy)));
    }

    private Plan nested(Yaml.Scalar name) {
        if (depth == MAX_NESTED) {
            throw name.at().flaw("protocols nested deeper than " + MAX_NESTED, "less", "do they name each other?");
        }
        Library inner = new Library(directory, depth + 1);
        String word = name.text();
        Path base = directory;
        if (base != null && word.matches("[A-Za-z0-9_-]+")) {
            Path file = base.resolve(word + ".yaml");
            if (Files.isRegularFile(file)) {
                return inner.read(file).plan();
            }
        }
        if (!NAMES.contains(word)) {
            throw name.at()
                    .flaw("protocol " + name.kind(), "a file beside this one or one of " + NAMES, "check its name");
        }
        return inner.readBuiltin(word).plan();
    }
}
