package dev.tramway.server;

import dev.tramway.server.internal.traffic.Replay;
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

/** The {@code replay} command: sends what devices once sent. */
@Command(
        name = "tramway replay",
        description = ReplayTool.DESCRIPTION,
        sortOptions = false,
        footer = {"", "Exit codes: 0 all was sent, 1 it could not connect or read the file, 2 wrong usage."})
public final class ReplayTool implements ToolProvider, Callable<Integer> {
    static final String DESCRIPTION = "Plays a file of 'tramway record' or 'tramway simulate --record' again.";

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--host", paramLabel = "HOST", description = "Where the server is (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Its port (default: 12986).")
    private int port = 12_986;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "How fast: 1 as it was, 10 ten times as fast, max without waiting (default: 1).")
    private String speed = "1";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the service loader. */
    public ReplayTool() {}

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun("replay", out, err).execute(new ReplayTool(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        Replay.Report report = new Replay(file, host, port, factor()).run();
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.connections() + " connections, " + report.sent() + " bytes sent, " + report.received()
                + " received");
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** The factor, 0 for without waiting. */
    private double factor() {
        if (speed.equals("max")) {
            return 0;
        }
        try {
            double factor = Double.parseDouble(speed);
            if (factor > 0) {
                return factor;
            }
        } catch (NumberFormatException wrong) {
            // told below
        }
        throw new IllegalArgumentException("--speed: " + speed + " (expected: a factor above 0, or max)");
    }
}
