package dev.tramway.cli.cert;

import dev.tramway.cli.ToolRun;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
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
        return new ToolRun(name(), out, err).execute(this, args);
    }
}
