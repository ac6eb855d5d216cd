package dev.tramway.cli;

import dev.tramway.TramwayException;
import dev.tramway.frames.DefinitionException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** How each subcommand of this module runs: what goes wrong is told in one line, and the exit code says whose fault it was. */
public final class ToolRun {
    private final String name;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * Prepares a run.
     *
     * @param name of the subcommand
     * @param out where results go
     * @param err where trouble is told
     */
    public ToolRun(String name, PrintWriter out, PrintWriter err) {
        this.name = name;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs an annotated command; without arguments it shows how it is used.
     *
     * @param command for picocli
     * @param args its command line
     * @return its exit code
     */
    public int execute(Object command, String... args) {
        CommandLine line = new CommandLine(command).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure))
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
