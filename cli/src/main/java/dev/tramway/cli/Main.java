package dev.tramway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The {@code tramway} command.
 *
 * <p>It knows none of its subcommands: each is a {@link ToolProvider} that some module of Tramway offers. What follows
 * the name of one is handed to it untouched, and its exit code becomes that of the process: 0 for success, 1 for
 * failure, 2 for wrong usage.
 */
public final class Main {

    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        int code = run(installed(), out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command line against the given tools and answers its exit code. */
    static int run(List<ToolProvider> tools, PrintWriter out, PrintWriter err, String... args) {
        var line =
                new CommandLine(root(tools, out, err)).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** The tools of Tramway; those of the JDK and of other libraries are left out. */
    private static List<ToolProvider> installed() {
        return ServiceLoader.load(ToolProvider.class).stream()
                .filter(tool -> tool.type().getName().startsWith("dev.tramway."))
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static CommandSpec root(List<ToolProvider> tools, PrintWriter out, PrintWriter err) {
        var root = CommandSpec.create()
                .name("tramway")
                .version("tramway " + version())
                .mixinStandardHelpOptions(true);
        root.usageMessage()
                .description("TCP, TLS, UDP and multicast servers and clients.")
                .synopsisSubcommandLabel("COMMAND")
                .footer("", "'tramway COMMAND --help' tells more about one command.");
        for (var tool : tools) {
            root.addSubcommand(tool.name(), subcommand(tool, out, err));
        }
        return root;
    }

    private static CommandSpec subcommand(ToolProvider tool, PrintWriter out, PrintWriter err) {
        var arguments = new ArrayList<String>();
        Callable<Integer> run = () -> tool.run(out, err, arguments.toArray(String[]::new));
        var spec = CommandSpec.wrapWithoutInspection(run);
        spec.usageMessage().description(tool.description().orElse(""));
        // Takes all arguments away before they are parsed, so that the tool gets its own --help, -- and @file too.
        return spec.preprocessor((rest, command, argument, info) -> {
            while (!rest.isEmpty()) {
                arguments.add(rest.pop());
            }
            return false;
        });
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
