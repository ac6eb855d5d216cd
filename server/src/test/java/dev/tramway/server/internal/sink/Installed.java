package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers from Debian's packages. Where one is missing, its tests are left out, except in CI, where they fail. */
final class Installed {
    private static final List<String> MORE = List.of("/usr/sbin", "/usr/local/sbin");
    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Installed() {}

    static Path program(String name, String debianPackage) {
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), MORE.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        return present(found, name, debianPackage);
    }

    /** Debian keeps the programs of each version in a place of its own. */
    static Path postgres(String name) {
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(POSTGRESQL)) {
            try (Stream<Path> versions = Files.list(POSTGRESQL)) {
                newest = versions.map(version -> version.resolve("bin").resolve(name))
                        .filter(Files::isExecutable)
                        .max(Comparator.naturalOrder());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return present(newest, name, "postgresql");
    }

    private static Path present(Optional<Path> program, String name, String debianPackage) {
        String missing = name + " is missing: install the package " + debianPackage;
        if (program.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError(missing);
        }
        assumeThat(program).as(missing).isPresent();
        return program.orElseThrow();
    }
}
