package dev.tramway.cli.frames;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Protocol;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frames explain}. */
@Command(
        name = "explain",
        description = "Shows a frame field by field: where it lies, its bytes, what it means.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "Definition.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "HEX", description = "One frame as it is on the wire.")
    private String hex = "";

    @Option(names = "--down", description = "The frame goes to the device.")
    private boolean down;

    @Option(names = "--colour", paramLabel = "WHEN", description = "auto, always or never; default auto.")
    private String colour = "auto";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Protocol protocol = Definitions.open(file);
        Direction direction = down ? Direction.DOWN : Direction.UP;
        byte[] frame = Definitions.bytes(hex);
        spec.commandLine().getOut().print(protocol.explain(direction, frame, Definitions.colours(colour)));
        spec.commandLine().getOut().flush();
        return protocol.decode(direction, frame).problem().isEmpty() ? 0 : 1;
    }
}
