package dev.tramway.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
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
        int code = run(installed(args), out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command line against the given tools and answers its exit code. */
    static int run(List<ToolProvider> tools, PrintWriter out, PrintWriter err, String... args) {
        if (args.length > 0) {
            for (var tool : tools) {
                if (tool.name().equals(args[0])) {
                    return run(tool, out, err, Arrays.copyOfRange(args, 1, args.length));
                }
            }
        }
        var line = new CommandLine(root(tools)).setOut(out).setErr(err).setExpandAtFiles(false);
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    private static int run(ToolProvider tool, PrintWriter out, PrintWriter err, String... args) {
        try {
            return tool.run(out, err, args);
        } catch (RuntimeException failure) {
            failure.printStackTrace(err);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * The tools of Tramway; those of the JDK and of other libraries are left out. Where the name of a class tells that it is the one
     * that is asked for, the others are not made: that would take longer than many a script.
     */
    private static List<ToolProvider> installed(String... args) {
        var tools = ServiceLoader.load(ToolProvider.class).stream()
                .filter(tool -> tool.type().getName().startsWith("dev.tramway."))
                .toList();
        var asked = tools.stream()
                .filter(tool -> args.length > 0 && tool.type().getSimpleName().equalsIgnoreCase(args[0] + "Tool"))
                .map(ServiceLoader.Provider::get)
                .filter(tool -> tool.name().equals(args[0]))
                .toList();
        return asked.isEmpty() ? tools.stream().map(ServiceLoader.Provider::get).toList() : asked;
    }

    /** What is known besides the tools: help, the version, and what may have been meant. */
    private static CommandSpec root(List<ToolProvider> tools) {
        var root = CommandSpec.create()
                .name("tramway")
                .version("tramway " + version())
                .mixinStandardHelpOptions(true);
        root.usageMessage()
                .description("TCP, TLS, UDP and multicast servers and clients.")
                .synopsisSubcommandLabel("COMMAND")
                .footer("", "'tramway COMMAND --help' tells more about one command.");
        for (var tool : tools) {
            var subcommand = CommandSpec.create();
            subcommand.usageMessage().description(tool.description().orElse(""));
            root.addSubcommand(tool.name(), subcommand);
        }
        return root;
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
