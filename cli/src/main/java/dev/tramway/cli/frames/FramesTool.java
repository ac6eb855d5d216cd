package dev.tramway.cli.frames;

import dev.tramway.BindFailedException;
import dev.tramway.frames.DefinitionException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
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
        CommandLine line = new CommandLine(this).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .setParameterExceptionHandler((wrong, given) -> say(wrong, err, CommandLine.ExitCode.USAGE))
                .execute(args);
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        return switch (failure) {
            case DefinitionException wrong -> {
                wrong.problems().forEach(err::println);
                err.flush();
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case IllegalArgumentException usage -> say(usage, err, CommandLine.ExitCode.USAGE);
            case BindFailedException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case UncheckedIOException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, PrintWriter err, int code) {
        err.println("tramway frames: " + failure.getMessage());
        err.flush();
        return code;
    }
}
