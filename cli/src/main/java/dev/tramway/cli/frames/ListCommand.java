package dev.tramway.cli.frames;

import dev.tramway.frames.Protocol;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code frames list}. */
@Command(name = "list", description = "Lists the definitions that come with Tramway.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : Protocol.builtins()) {
            Protocol protocol = Protocol.builtin(name);
            out.println(name + "  " + protocol.messages().size() + " messages, "
                    + protocol.test().size() + " tests");
        }
        return 0;
    }
}
