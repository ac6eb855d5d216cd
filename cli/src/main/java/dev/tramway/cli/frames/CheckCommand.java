package dev.tramway.cli.frames;

import dev.tramway.frames.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frames check}. */
@Command(
        name = "check",
        description = "Compiles definitions and says what is wrong with them.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Definitions.")
    private List<String> files = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        for (String file : files) {
            Protocol protocol = Definitions.open(file);
            spec.commandLine()
                    .getOut()
                    .println(file + ": protocol " + protocol.name() + ", messages " + protocol.messages());
        }
        return 0;
    }
}
