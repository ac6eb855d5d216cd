package dev.tramway.cli.script;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/** The {@code script} command. */
public final class ScriptTool implements ToolProvider {
    /** For the service loader. */
    public ScriptTool() {}

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(ScriptCommand.DESCRIPTION);
    }

    /** Scripts use the standard streams of the process, in UTF-8 whatever the system's encoding is. */
    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new ScriptCommand(System.in, System.out, inUtf8(System.err)), out, err, args);
    }

    private static PrintStream inUtf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** Everything after the script's name belongs to the script. Without options it starts sooner, because nothing has to be parsed. */
    static int run(ScriptCommand command, PrintWriter out, PrintWriter err, String... args) {
        return args.length > 0 && !args[0].startsWith("-")
                ? runWithoutOptions(command, err, args)
                : parse(command, out, err, args);
    }

    private static int runWithoutOptions(ScriptCommand command, PrintWriter err, String... args) {
        try {
            command.take(Path.of(args[0]), List.of(args).subList(1, args.length));
            return command.call();
        } catch (InvalidPathException wrong) {
            err.println("tramway script: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            failure.printStackTrace(err);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static int parse(ScriptCommand command, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setStopAtPositional(true)
                .setParameterExceptionHandler((wrong, given) -> {
                    err.println("tramway script: " + wrong.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }
}
