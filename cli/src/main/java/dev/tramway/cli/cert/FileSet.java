package dev.tramway.cli.cert;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that are written together: first it is made sure that none is in the way, in the end they are listed. */
final class FileSet {
    private record Planned(String content, Runnable write) {}

    private final OutputOptions options;
    private final Map<Path, Planned> planned = new LinkedHashMap<>();

    FileSet(OutputOptions options) {
        this.options = options;
    }

    /** The set of the well-known recipes: key, certificate, and both together in every usual form. */
    FileSet certificate(String name, Credentials credentials) {
        key(name, credentials);
        plain(name + ".crt", credentials);
        if (!options.password.isEmpty()) {
            encrypted(name + ".p12", credentials);
            encrypted(name + ".pfx", credentials);
            return encrypted(name + ".pem", credentials);
        }
        return plain(name + ".pem", credentials);
    }

    /** The key, and if there is a password also encrypted. */
    FileSet key(String name, Credentials credentials) {
        if (!options.password.isEmpty()) {
            encrypted(name + "-secret.key", credentials);
        }
        return plain(name + ".key", credentials);
    }

    FileSet text(String name, String content, String text) {
        Path file = options.directory.resolve(name);
        planned.put(file, new Planned(content, () -> writeText(file, text)));
        return this;
    }

    private FileSet plain(String name, Credentials credentials) {
        return add(name, credentials, "");
    }

    private FileSet encrypted(String name, Credentials credentials) {
        return add(name, credentials, options.password);
    }

    private FileSet add(String name, Credentials credentials, String password) {
        Path file = options.directory.resolve(name);
        String content = CredentialFile.content(file, !password.isEmpty());
        planned.put(file, new Planned(content, () -> CredentialFile.write(credentials, file, password)));
        return this;
    }

    /** Writes all and lists them. */
    void write(PrintWriter out) {
        for (Path file : planned.keySet()) {
            refuseToReplace(file, options.force);
        }
        planned.values().forEach(one -> one.write().run());
        int width = planned.keySet().stream()
                .mapToInt(file -> file.toString().length())
                .max()
                .orElse(0);
        planned.forEach((file, one) -> out.printf("%-" + width + "s  %s%n", file, one.content()));
        out.flush();
    }

    static void refuseToReplace(Path file, boolean force) {
        if (!force && Files.exists(file)) {
            throw new TlsException(file + " exists: add --force to replace it, or choose another --out or --name");
        }
    }

    private static void writeText(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " could not be written: " + failure, failure);
        }
    }
}
