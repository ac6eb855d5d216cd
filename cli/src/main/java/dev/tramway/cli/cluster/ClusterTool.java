package dev.tramway.cli.cluster;

import dev.tramway.cli.ToolRun;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;

/** The {@code cluster} command: shows several nodes as one, and measures what that costs. */
@Command(
        name = "cluster",
        description = ClusterTool.DESCRIPTION,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, BenchCommand.class, NodeCommand.class},
        footer = {"", "Both start a nats-server of their own, on loopback, and end it."})
public final class ClusterTool implements ToolProvider {
    static final String DESCRIPTION = "Shows and measures servers that NATS joins into one.";

    /** For the service loader. */
    public ClusterTool() {}

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun(name(), out, err).execute(this, args);
    }
}
