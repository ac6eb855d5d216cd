package dev.tramway.cli.cert;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the files go, and the password of those that have one. */
final class OutputOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Directory of the files (default: this one).")
    Path directory = Path.of("");

    @Option(names = "--force", description = "Replace files that exist.")
    boolean force;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            description = "Encrypts keys; asks for it if no text follows. Without it no encrypted files are made.")
    String password = "";
}
