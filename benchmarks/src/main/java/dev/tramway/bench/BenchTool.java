package dev.tramway.bench;

import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.program.ProgramCommands;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code bench} command: measures Tramway beside its peers. */
@Command(
        name = "bench",
        description = "Measures Tramway beside its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CompareCommand.class,
            MicroCommand.class,
            PeerCommand.class,
            LoadCommand.class,
            ScriptCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class BenchTool implements ToolProvider {
    @Override
    public String name() {
        return "bench";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Measures Tramway beside its peers.");
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        var line = new CommandLine(this);
        ProgramCommands.addTo(line);
        line.setOut(out).setErr(err);
        line.setExecutionExceptionHandler((exception, command, parsed) -> switch (exception) {
            case BenchException failure -> failed(err, failure, CommandLine.ExitCode.SOFTWARE);
            case IllegalArgumentException wrong -> failed(err, wrong, CommandLine.ExitCode.USAGE);
            default -> throw exception;
        });
        return line.execute(args);
    }

    private static int failed(PrintWriter err, Exception why, int code) {
        err.println(why.getMessage());
        return code;
    }
}
