package dev.tramway.cli.frames;

import dev.tramway.cli.ToolRun;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;

/** The {@code frames} command. */
@Command(
        name = "frames",
        description = FramesTool.DESCRIPTION,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            CheckCommand.class,
            TestCommand.class,
            ExplainCommand.class,
            EncodeCommand.class,
            WatchCommand.class
        },
        footer = {
            "",
            "FILE is a definition file, or the name of a definition that comes with Tramway.",
            "  tramway frames explain modbus-tcp 000000000006ff0408d20002 --down",
            "  tramway frames encode aqua-plc relay sd=00200110 ts=2021-10-15T19:22:00Z nut=47 relay=3 operation=1"
        })
public final class FramesTool implements ToolProvider {
    static final String DESCRIPTION = "Checks, tests and tries definitions of binary protocols.";

    /** For the service loader. */
    public FramesTool() {}

    @Override
    public String name() {
        return "frames";
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
