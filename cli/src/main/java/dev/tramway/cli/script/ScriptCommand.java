package dev.tramway.cli.script;

import dev.tramway.onescript.Access;
import dev.tramway.onescript.Script;
import dev.tramway.onescript.ScriptEngine;
import dev.tramway.onescript.ScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code script}. */
@Command(
        name = "script",
        description = ScriptCommand.DESCRIPTION,
        customSynopsis = {
            "tramway script [-measure] [--sandbox ...] [--library=DIR]... FILE [ARGUMENT...]",
            "tramway script -check FILE",
            "tramway script [--sandbox ...]"
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without FILE, statements are read and run one by one; '? expression' shows a value.",
            "Exit codes: 0 or what the script gave to ЗавершитьРаботу (Exit), 1 after an error in the script, 2 wrong usage."
        })
final class ScriptCommand implements Callable<Integer> {
    static final String DESCRIPTION = "Runs a script in the OneScript language, also as a TCP server.";

    private static final int FAILED = 1;

    /** Nobody sees it, and a server that prints a few lines for each message has ten times the throughput. */
    private static final Duration OUTPUT_DELAY = Duration.ofMillis(5);

    /** How long the end of the process waits for whoever reads its output. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    @Option(
            names = {"-check", "--check"},
            description = "Only look for errors that are found without running the script.")
    private boolean check;

    @Option(
            names = {"-measure", "--measure"},
            description = "Tell at the end how long compiling and running took.")
    private boolean measure;

    @Option(names = "--library", paramLabel = "DIR", description = "Directory of libraries for #Использовать (#Use).")
    private List<Path> libraries = new ArrayList<>();

    @ArgGroup(exclusive = false)
    private @Nullable Sandbox sandbox;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The script, in UTF-8.")
    private @Nullable Path file;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "For the script.")
    private List<String> arguments = new ArrayList<>();

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes the streams that the script uses. */
    ScriptCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Takes a script and its arguments, which otherwise the parser of the command line sets. */
    void take(Path script, List<String> given) {
        file = script;
        arguments = given;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            ScriptEngine engine = engine();
            Path script = file;
            long begin = System.nanoTime();
            Script compiled = script == null ? engine.compile(console(), "console") : engine.load(script);
            long middle = System.nanoTime();
            if (check) {
                out.println("No errors.");
                return 0;
            }
            int code = compiled.run();
            if (measure) {
                tellTimes(middle - begin, System.nanoTime() - middle);
            }
            return code;
        } catch (ScriptException wrong) {
            err.println(wrong.report());
            return FAILED;
        }
    }

    private ScriptEngine engine() {
        ScriptEngine.Builder builder = ScriptEngine.builder()
                .input(in)
                .output(out)
                .outputDelay(OUTPUT_DELAY)
                .errorOutput(err)
                .arguments(arguments.toArray(String[]::new))
                .access(Access.everything());
        libraries.forEach(builder::libraries);
        if (sandbox != null) {
            sandbox.apply(builder);
        }
        ScriptEngine engine = builder.build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> flush(engine)));
        return engine;
    }

    /** What is kept goes out also when a signal ends the process; but nobody may be reading any more. */
    private static void flush(ScriptEngine engine) {
        try {
            Thread.ofPlatform().daemon().start(engine::flushOutput).join(LAST_OUTPUT);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellTimes(long compiling, long running) {
        out.println("Compile time: " + Duration.ofNanos(compiling).toMillis() + " ms");
        out.println("Execution time: " + Duration.ofNanos(running).toMillis() + " ms");
    }

    /** The script that reads statements and runs them. */
    private static String console() throws IOException {
        try (InputStream text = Objects.requireNonNull(ScriptCommand.class.getResourceAsStream("console.os"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
