package dev.tramway.cli.frames;

import dev.tramway.frames.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import picocli.CommandLine.Help.Ansi;

/** Finds what the arguments name. */
final class Definitions {
    private Definitions() {}

    /** A file if there is one of that name, otherwise one of those that come with Tramway. */
    static Protocol open(String name) {
        Path file = Path.of(name);
        if (Files.exists(file)) {
            return Protocol.untested(file);
        }
        if (Protocol.builtins().contains(name)) {
            return Protocol.builtin(name);
        }
        throw new IllegalArgumentException(
                name + ": no such file (expected: a definition file, or one of " + Protocol.builtins() + ")");
    }

    /** Bytes of hex digits; blanks and colons between them are let through. */
    static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex.replaceAll("[\\s:]", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(hex + ": no bytes (expected: pairs of hex digits)", e);
        }
    }

    /** True if colours are wanted: on a terminal, unless told otherwise. */
    static boolean colours(String choice) {
        return switch (choice) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> Ansi.AUTO.enabled();
            default -> throw new IllegalArgumentException("--colour " + choice + ": (expected: auto, always or never)");
        };
    }
}
