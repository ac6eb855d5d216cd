package dev.tramway.cli.connect;

import dev.tramway.BindFailedException;
import dev.tramway.ConnectFailedException;
import dev.tramway.TlsException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** The {@code connect} command. */
public final class ConnectTool implements ToolProvider {
    /** For the service loader. */
    public ConnectTool() {}

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(ConnectCommand.DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line =
                new CommandLine(new ConnectCommand()).setOut(out).setErr(err).setExpandAtFiles(false);
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
            case IllegalArgumentException usage -> say(usage, err, CommandLine.ExitCode.USAGE);
            case ConnectFailedException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case TlsException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case BindFailedException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case BrokenOffException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, PrintWriter err, int code) {
        err.println("tramway connect: " + failure.getMessage());
        err.flush();
        return code;
    }
}
