package dev.tramway.cli.script;

import java.io.PrintWriter;
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

    /** Everything after the script's name belongs to the script. */
    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ScriptCommand())
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
