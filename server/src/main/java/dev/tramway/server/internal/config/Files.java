package dev.tramway.server.internal.config;

import dev.tramway.server.internal.yaml.Section;
import dev.tramway.server.internal.yaml.Yaml;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Files that a configuration names; relative paths begin at its directory. */
final class Files {
    private final Path directory;

    Files(Path directory) {
        this.directory = directory;
    }

    Path resolve(String text) {
        return directory.resolve(text);
    }

    /** The file of a key, which must be there. */
    Optional<Path> existing(Section section, String key) {
        return section.scalar(key).map(this::existing);
    }

    Path existing(Yaml.Scalar value) {
        try {
            Path file = resolve(value.text());
            if (java.nio.file.Files.isRegularFile(file) && java.nio.file.Files.isReadable(file)) {
                return file;
            }
            throw value.at().flaw("no file " + file, "a file that can be read", "check the path");
        } catch (InvalidPathException e) {
            throw value.at().flaw(value.kind(), "a path", "check its characters");
        }
    }

    /** The file of a key that nobody else may read. */
    Optional<Path> secret(Section section, String key) {
        return section.scalar(key).map(value -> {
            Path file = existing(value);
            if (isPublic(file)) {
                throw value.at().flaw(file + ", which everybody can read", "a file of mode 0600", "chmod 600 " + file);
            }
            return file;
        });
    }

    private static boolean isPublic(Path file) {
        try {
            Set<PosixFilePermission> may = java.nio.file.Files.getPosixFilePermissions(file);
            return may.contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException | IOException e) {
            return false; // Windows has other means
        }
    }
}
