package dev.tramway.cli.connect;

import dev.tramway.cli.ToolRun;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;

/** The {@code connect} command. */
public final class ConnectTool implements ToolProvider {
    /** For the service loader. */
    public ConnectTool() {}

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(ConnectCommand.DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun(name(), out, err).execute(new ConnectCommand(), args);
    }
}
