package dev.tramway.onescript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.jruby.embed.LocalContextScope;
import org.jruby.embed.ScriptingContainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same small programs in OneScript and in other languages of the JVM. Each is compiled once and run again and again; what
 * it computes is compared with what it has to be, each time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class InterpreterBenchmark {
    /** Results, computed by a program apart; all languages must agree with them. */
    private static final Map<String, String> RESULTS = Map.of(
            "loops", "858354",
            "strings", "519300",
            "collections", "50496615",
            "calls", "46368",
            "sorting", "789522",
            "sieve", "5133",
            "json", "338820");

    @Param({"loops", "strings", "collections", "calls", "sorting", "sieve", "json"})
    public String program;

    @Param({"onescript", "graaljs", "rhino", "jruby", "groovy"})
    public String engine;

    private Callable<String> compiled;

    @Setup
    public void compile() throws Exception {
        compiled = switch (engine) {
            case "onescript" -> oneScript(text("os"));
            case "graaljs" -> graalJs(text("js"));
            case "rhino" -> rhino(text("js"));
            case "jruby" -> jruby(text("rb"));
            case "groovy" -> groovy(text("groovy"));
            default -> throw new IllegalArgumentException(engine);
        };
    }

    @Benchmark
    public String run() throws Exception {
        String result = compiled.call().replaceAll("[^0-9]", "");
        if (!result.equals(RESULTS.get(program))) {
            throw new IllegalStateException(engine + ", " + program + ": " + result);
        }
        return result;
    }

    private String text(String language) throws IOException {
        try (InputStream file =
                InterpreterBenchmark.class.getResourceAsStream("/programs/" + program + "." + language)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Callable<String> oneScript(String text) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Script script = ScriptEngine.builder().output(output).build().compile(text, "program");
        return () -> {
            output.reset();
            script.run();
            return output.toString(StandardCharsets.UTF_8);
        };
    }

    /** Without its compiler, which a JDK does not have: an interpreter. */
    private static Callable<String> graalJs(String text) {
        Context context = Context.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        Source source = Source.create("js", text);
        return () -> context.eval(source).asString();
    }

    private static Callable<String> rhino(String text) {
        org.mozilla.javascript.Context context = org.mozilla.javascript.Context.enter();
        context.setLanguageVersion(org.mozilla.javascript.Context.VERSION_ES6);
        var scope = context.initStandardObjects();
        var script = context.compileString(text, "program", 1, null);
        org.mozilla.javascript.Context.exit();
        return () -> {
            var entered = org.mozilla.javascript.Context.enter();
            try {
                return org.mozilla.javascript.Context.toString(script.exec(entered, scope, scope));
            } finally {
                org.mozilla.javascript.Context.exit();
            }
        };
    }

    private static Callable<String> jruby(String text) {
        ScriptingContainer container = new ScriptingContainer(LocalContextScope.SINGLETHREAD);
        var unit = container.parse(text);
        return () -> unit.run().toString();
    }

    private static Callable<String> groovy(String text) {
        groovy.lang.Script script = new groovy.lang.GroovyShell().parse(text);
        return () -> String.valueOf(script.run());
    }
}
