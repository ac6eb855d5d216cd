package dev.tramway.cli.cert;

import dev.tramway.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cert convert}. */
@Command(
        name = "convert",
        description = "Converts certificate and key into another form, told by the ends of the file names:"
                + " .pem, .crt, .key, .p12 or .pfx.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "Certificate, with its key if that has no file of its own.")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "TO", description = "File to write.")
    private Path to = Path.of("");

    @Option(names = "--in-key", paramLabel = "FILE", description = "Key, if it is not in FROM.")
    private @Nullable Path key;

    @Option(
            names = "--in-password",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            description = "Password of FROM; asks for it if no text follows.")
    private String inPassword = "";

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            description = "Password of TO; asks for it if no text follows. Without it the key is written plain.")
    private String password = "";

    @Option(names = "--force", description = "Replace TO if it exists.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Credentials read = CredentialFile.read(from, Optional.ofNullable(key), inPassword);
        FileSet.refuseToReplace(to, force);
        CredentialFile.write(read, to, password);
        spec.commandLine().getOut().println(to + "  " + CredentialFile.content(to, !password.isEmpty()));
        return 0;
    }
}
