package dev.tramway.server;

import dev.tramway.StopReport;
import dev.tramway.TramwayException;
import dev.tramway.server.internal.ConsoleInput;
import dev.tramway.server.internal.Reload;
import dev.tramway.server.internal.ServeSettings;
import dev.tramway.server.internal.ServiceManager;
import dev.tramway.server.internal.Serving;
import dev.tramway.server.internal.StartTable;
import dev.tramway.server.internal.StopRequest;
import dev.tramway.server.internal.config.ConfigException;
import dev.tramway.server.internal.config.ConfigFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code serve} command: listeners of a configuration, or of options, on one I/O service, until it is told to stop. */
@Command(
        name = "tramway serve",
        description = ServeTool.DESCRIPTION,
        sortOptions = false,
        footer = {
            "",
            "Stops in order on Ctrl-C and SIGTERM.",
            "Exit codes: 0 stopped when asked to, 1 failed, 2 wrong usage, 78 wrong configuration."
        })
public final class ServeTool implements ToolProvider, Callable<Integer> {
    static final String DESCRIPTION =
            "Serves what a configuration says; without one a chat over TCP and TLS, an echo, a beacon and devices.";

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the service loader. */
    public ServeTool() {}

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ServeTool())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> say(wrong, err, CommandLine.ExitCode.USAGE))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (options.verbose()) {
            System.setProperty("tramway.log", "debug"); // read when the first logger is made
        }
        if (options.printsConfig()) {
            spec.commandLine().getOut().print(ConfigFile.builtinText());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        ServeSettings settings = options.settings(spec.commandLine().getParseResult()::hasMatchedOption);
        StopRequest stop = StopRequest.install();
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            serve(settings, stop);
            code = CommandLine.ExitCode.OK;
        } finally {
            stop.finish(code);
        }
        return code;
    }

    private void serve(ServeSettings settings, StopRequest stop) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Duration drain = settings.config().drain();
        try (Serving serving = Serving.start(settings)) {
            Reload reload = Reload.watch(serving, settings);
            out.println(StartTable.of(serving, drain));
            out.flush();
            ServiceManager.tell("READY=1");
            if (options.console()) {
                var input = new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
                new ConsoleInput(input, serving::announce, stop, out).start();
            }
            stop.await();
            ServiceManager.tell("STOPPING=1");
            reload.close();
            StopReport report = serving.stop(drain);
            out.println("Stopped: drained " + report.drained() + ", cut " + report.cut()
                    + (report.cut() == 0 ? "" : " (" + report.bytesLost() + " bytes lost)"));
            out.flush();
        }
    }

    /** What went wrong in one line: wrong usage, or trouble with ports, files or the transport. */
    private static int report(Exception failure, PrintWriter err) throws Exception {
        return switch (failure) {
            case ConfigException wrong -> say(wrong, err, ToolRun.CONFIG);
            case IllegalArgumentException usage -> say(usage, err, CommandLine.ExitCode.USAGE);
            case TramwayException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case UncheckedIOException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case IllegalStateException noTransport -> say(noTransport, err, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, PrintWriter err, int code) {
        err.println("tramway serve: " + failure.getMessage());
        err.flush();
        return code;
    }
}
