package dev.tramway.cli.frames;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frames encode}. */
@Command(
        name = "encode",
        description = "Makes a frame of a message and prints it as hex digits.",
        mixinStandardHelpOptions = true)
final class EncodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "Definition.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "MESSAGE", description = "Name of the message.")
    private String message = "";

    @Parameters(
            index = "2..*",
            paramLabel = "FIELD=VALUE",
            arity = "0..*",
            description = "Values; a field in a group as GROUP.FIELD.")
    private List<String> values = new ArrayList<>();

    @Option(
            names = "--up",
            description = "The frame comes from the device, where a message of that name goes both ways.")
    private boolean up;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Protocol protocol = Definitions.open(file);
        Map<String, Object> given = new LinkedHashMap<>();
        for (String value : values) {
            put(given, value);
        }
        Message made = up ? protocol.message(Direction.UP, message, given) : protocol.message(message, given);
        spec.commandLine().getOut().println(HexFormat.of().formatHex(protocol.encode(made)));
        return 0;
    }

    private static void put(Map<String, Object> values, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException(assignment + ": (expected: FIELD=VALUE)");
        }
        String[] steps = assignment.substring(0, equals).split("\\.", -1);
        Map<String, Object> group = values;
        for (int i = 0; i < steps.length - 1; i++) {
            group = inner(group, steps[i]);
        }
        group.put(steps[steps.length - 1], assignment.substring(equals + 1));
    }

    @SuppressWarnings("unchecked") // only this class puts maps into it
    private static Map<String, Object> inner(Map<String, Object> group, String name) {
        return (Map<String, Object>) group.computeIfAbsent(name, absent -> new LinkedHashMap<String, Object>());
    }
}
