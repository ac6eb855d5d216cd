package dev.tramway.server;

import dev.tramway.server.internal.StopRequest;
import dev.tramway.server.internal.traffic.Tunnel;
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

/** The {@code record} command: stands between devices and a server and writes down what passes. */
@Command(
        name = "tramway record",
        description = {
            RecordTool.DESCRIPTION,
            "",
            "The file has one JSON object a line: time, session, kind (open, up, down or close) and hex. 'tramway replay'"
                    + " plays it again."
        },
        sortOptions = false,
        footer = {"", "Stops on Ctrl-C and SIGTERM. Exit codes: 0 stopped when asked to, 1 failed, 2 wrong usage."})
public final class RecordTool implements ToolProvider, Callable<Integer> {
    static final String DESCRIPTION = "Passes TCP connections on to a server and records them.";

    @Parameters(paramLabel = "FILE", description = "File to write; one that is there is replaced.")
    private Path file = Path.of("");

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1).")
    private String address = "127.0.0.1";

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            required = true,
            description = "Port for devices; 0 is a free one.")
    private int listen;

    @Option(names = "--host", paramLabel = "HOST", description = "Where the server is (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Its port (default: 12986).")
    private int port = 12_986;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the service loader. */
    public RecordTool() {}

    @Override
    public String name() {
        return "record";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun("record", out, err).execute(new RecordTool(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        StopRequest stop = StopRequest.install();
        int code = CommandLine.ExitCode.SOFTWARE;
        try (Tunnel tunnel = new Tunnel(address, listen, host, port, file)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("Recording " + address + ":" + tunnel.port() + " to " + host + ":" + port + " in " + file);
            out.flush();
            stop.await();
            out.println(tunnel.connections() + " connections, " + tunnel.up() + " bytes up, " + tunnel.down()
                    + " bytes down");
            out.flush();
            code = CommandLine.ExitCode.OK;
        } finally {
            stop.finish(code);
        }
        return code;
    }
}
