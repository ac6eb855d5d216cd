package dev.tramway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree that the tests run in. */
final class Repository {
    private static final Path ROOT = findRoot();

    private Repository() {}

    static Path root() {
        return ROOT;
    }

    /** Files below a directory of the repository whose names end so, in order. */
    static List<Path> files(String directory, String ending) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(directory))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            Path above = place.getParent();
            if (above == null) {
                throw new IllegalStateException(
                        "not run inside the source tree: " + Path.of("").toAbsolutePath());
            }
            place = above;
        }
        return place;
    }
}
