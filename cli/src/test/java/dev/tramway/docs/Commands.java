package dev.tramway.docs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The {@code tramway} command, as its tools describe themselves when asked for {@code --help}. */
final class Commands {
    private static final List<String> OF_EVERY_COMMAND = List.of("--help", "--version");

    private static final Pattern OPTION = Pattern.compile("\\[-[^\\[\\]]*(\\[[^\\]]*\\][^\\[\\]]*)*\\]|--?\\S+");
    private static final Pattern LABEL = Pattern.compile("\\b[A-Z][A-Z_]+\\b");

    private final Map<String, ToolProvider> tools;
    private final Map<List<String>, Help> asked = new HashMap<>();

    private Commands(Map<String, ToolProvider> tools) {
        this.tools = tools;
    }

    private record Help(int code, String text) {
        /** True if these words are a command of their own, which its help then calls by name. */
        boolean isAbout(List<String> words) {
            return code == 0 && matches("\\b" + Pattern.quote(String.join(" ", words)) + "\\b");
        }

        boolean hasOption(String option) {
            return matches("(?<![\\w-])" + option + "(?![\\w-])");
        }

        boolean takesValue(String option) {
            return matches("(?<![\\w-])" + option + "\\[?=");
        }

        /** True if words may follow that are neither options nor subcommands: their labels stand in the first lines. */
        boolean takesWords() {
            String synopsis = text.lines()
                    .takeWhile(line -> line.startsWith("Usage:") || line.startsWith(" "))
                    .collect(Collectors.joining(" "));
            return !text.contains("\nCommands:")
                    && LABEL.matcher(OPTION.matcher(synopsis).replaceAll("")).find();
        }

        private boolean matches(String pattern) {
            return Pattern.compile(pattern).matcher(text).find();
        }
    }

    /** Of the tools on the class path, those that belong to Tramway. */
    static Commands installed() {
        return new Commands(ServiceLoader.load(ToolProvider.class).stream()
                .filter(tool -> tool.type().getName().startsWith("dev.tramway."))
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(ToolProvider::name, Function.identity())));
    }

    /** Says which word of a command line is unknown; empty if all are known. */
    Optional<String> problem(String line) {
        Deque<String> words = new ArrayDeque<>(List.of(line.split("\\s+")));
        words.removeFirst();
        if (words.isEmpty() || OF_EVERY_COMMAND.contains(words.peek())) {
            return Optional.empty();
        }
        if (!tools.containsKey(words.peek())) {
            return Optional.of("no such command; there are " + tools.keySet());
        }
        List<String> command = new ArrayList<>(List.of(words.removeFirst()));
        while (!words.isEmpty()) {
            Optional<String> problem = problem(command, words.removeFirst(), words);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Looks at one word; a subcommand is added to the command, the value of an option is taken out of the rest. */
    private Optional<String> problem(List<String> command, String word, Deque<String> rest) {
        if (word.startsWith("--")) {
            String option = word.split("=", 2)[0];
            Help help = help(command);
            String next = rest.peek();
            if (help.takesValue(option) && !word.contains("=") && next != null && !next.startsWith("-")) {
                rest.removeFirst();
            }
            return help.hasOption(option) ? Optional.empty() : Optional.of(command + " has no option " + option);
        }
        List<String> longer = new ArrayList<>(command);
        longer.add(word);
        if (help(longer).isAbout(longer)) {
            command.add(word);
            return Optional.empty();
        }
        return help(command).takesWords() ? Optional.empty() : Optional.of(command + " knows no '" + word + "'");
    }

    private Help help(List<String> command) {
        return asked.computeIfAbsent(List.copyOf(command), this::ask);
    }

    private Help ask(List<String> command) {
        List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
        arguments.add("--help");
        ToolProvider tool = tools.get(command.get(0));
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code = tool == null ? 1 : tool.run(out, out, arguments.toArray(String[]::new));
        out.flush();
        return new Help(code, text.toString());
    }
}
