package dev.tramway.cli.cert;

import dev.tramway.TlsException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code cert} command: makes a CA, certificates for servers and clients, requests and Diffie-Hellman parameters. */
@Command(
        name = "cert",
        description = CertTool.DESCRIPTION,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuthorityCommand.class,
            ServerCommand.class,
            ClientCommand.class,
            RequestCommand.class,
            DhParametersCommand.class,
            ConvertCommand.class
        },
        footer = {
            "",
            "A set for a test in three lines:",
            "  tramway cert ca --out tls --password qwerty",
            "  tramway cert server --out tls --password qwerty --san server.example.com,10.0.0.7",
            "  tramway cert client --out tls --password qwerty --subject CN=device-17"
        })
public final class CertTool implements ToolProvider {
    static final String DESCRIPTION = "Makes and converts certificates and keys for TLS.";

    /** For the service loader. */
    public CertTool() {}

    @Override
    public String name() {
        return "cert";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(this).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .setParameterExceptionHandler((wrong, given) -> say(wrong, err, CommandLine.ExitCode.USAGE))
                .execute(args);
    }

    /** What went wrong in one line: wrong usage, or trouble with a file. */
    private static int report(Exception failure, PrintWriter err) throws Exception {
        return switch (failure) {
            case IllegalArgumentException usage -> say(usage, err, CommandLine.ExitCode.USAGE);
            case TlsException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case UncheckedIOException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, PrintWriter err, int code) {
        err.println("tramway cert: " + failure.getMessage());
        err.flush();
        return code;
    }
}
