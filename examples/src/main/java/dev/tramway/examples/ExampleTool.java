package dev.tramway.examples;

import dev.tramway.TramwayException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The {@code example} command: lists the examples and runs one. Each is a subcommand. */
@Command(
        name = "example",
        description = ExampleTool.DESCRIPTION,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME [ARGUMENTS]",
        modelTransformer = ExampleTool.Subcommands.class)
public final class ExampleTool implements ToolProvider {
    static final String DESCRIPTION = "Runs a small program that shows one idea.";

    /** For the service loader. */
    public ExampleTool() {}

    @Override
    public String name() {
        return "example";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(this).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(out);
            return CommandLine.ExitCode.OK;
        }
        return line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .execute(args);
    }

    /** Adds the examples. */
    static final class Subcommands implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec root) {
            Example.ALL.forEach(example -> root.addSubcommand(example.name(), command(example)));
            return root;
        }
    }

    private static CommandSpec command(Example example) {
        List<PositionalParamSpec> parameters = new ArrayList<>();
        for (String argument : example.arguments()) {
            String[] nameAndDefault = argument.split("=", 2);
            parameters.add(PositionalParamSpec.builder()
                    .index(String.valueOf(parameters.size()))
                    .arity("0..1")
                    .paramLabel(nameAndDefault[0])
                    .defaultValue(nameAndDefault[1])
                    .description("default ${DEFAULT-VALUE}")
                    .type(String.class)
                    .build());
        }
        Callable<Integer> run = () -> {
            Stream<String> values = parameters.stream().map(parameter -> parameter.getValue());
            example.program().run(values.toArray(String[]::new));
            return CommandLine.ExitCode.OK;
        };
        CommandSpec command = CommandSpec.wrapWithoutInspection(run).mixinStandardHelpOptions(true);
        command.usageMessage().description(example.description());
        parameters.forEach(command::addPositional);
        return command;
    }

    /** What went wrong in one line: wrong usage, or trouble with the network or a file. */
    private static int report(Exception failure, PrintWriter err) throws Exception {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case IllegalArgumentException usage -> say(usage, err, CommandLine.ExitCode.USAGE);
            case TramwayException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            case UncheckedIOException trouble -> say(trouble, err, CommandLine.ExitCode.SOFTWARE);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, PrintWriter err, int code) {
        err.println("tramway example: " + failure.getMessage());
        err.flush();
        return code;
    }
}
