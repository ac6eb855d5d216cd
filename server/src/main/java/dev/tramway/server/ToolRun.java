package dev.tramway.server;

import dev.tramway.TramwayException;
import dev.tramway.frames.DefinitionException;
import dev.tramway.server.internal.config.ConfigException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** How a subcommand of this module runs: what goes wrong is told in one line, and the exit code says whose fault it was. */
final class ToolRun {
    /** The configuration is wrong, and will be so the next time: what sysexits.h calls EX_CONFIG. */
    static final int CONFIG = 78;

    private final String name;
    private final PrintWriter out;
    private final PrintWriter err;

    ToolRun(String name, PrintWriter out, PrintWriter err) {
        this.name = name;
        this.out = out;
        this.err = err;
    }

    /** Runs an annotated command; gives its exit code. */
    int execute(Object command, String... args) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, failed, parsed) -> report(failure))
                .setParameterExceptionHandler((wrong, given) -> say(wrong, CommandLine.ExitCode.USAGE))
                .execute(args);
    }

    private int report(Exception failure) throws Exception {
        return switch (failure) {
            case DefinitionException wrong -> {
                wrong.problems().forEach(err::println);
                err.flush();
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case ConfigException wrong -> say(wrong, CONFIG);
            case IllegalArgumentException usage -> say(usage, CommandLine.ExitCode.USAGE);
            case TramwayException trouble -> say(trouble, CommandLine.ExitCode.SOFTWARE);
            case UncheckedIOException trouble -> say(trouble, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private int say(Exception failure, int code) {
        err.println("tramway " + name + ": " + failure.getMessage());
        err.flush();
        return code;
    }
}
