package dev.tramway.server;

import dev.tramway.server.internal.config.ConfigException;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.config.ServerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code check} command: says all that is wrong with a configuration of {@code serve}, without starting anything. */
@Command(
        name = "tramway check",
        description = CheckTool.DESCRIPTION,
        sortOptions = false,
        footer = {"", "Exit codes: 0 it can be used, 78 it cannot, 2 wrong usage."})
public final class CheckTool implements ToolProvider, Callable<Integer> {
    static final String DESCRIPTION = "Checks a configuration of the server.";

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the service loader. */
    public CheckTool() {}

    @Override
    public String name() {
        return "check";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun("check", out, err).execute(new CheckTool(), args);
    }

    @Override
    public Integer call() {
        try {
            ServerConfig config = ConfigFile.load(file, System.getenv());
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + ": good (" + config.listeners().size() + " listeners, "
                    + config.devices().size() + " devices, " + config.sinks().size() + " sinks)");
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (ConfigException wrong) {
            PrintWriter err = spec.commandLine().getErr();
            wrong.problems().forEach(err::println);
            err.flush();
            return ToolRun.CONFIG;
        }
    }
}
