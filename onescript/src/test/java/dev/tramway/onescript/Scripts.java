package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs scripts given as text. */
final class Scripts {
    private Scripts() {}

    /** Returns the lines that a script prints. */
    static List<String> run(String... lines) {
        return run(builder -> builder, lines);
    }

    /** Runs a script in an engine that is changed first. */
    static List<String> run(UnaryOperator<ScriptEngine.Builder> change, String... lines) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ScriptEngine engine = change.apply(ScriptEngine.builder()
                        .output(output)
                        .input(new ByteArrayInputStream("первая\nвторая\r\n".getBytes(StandardCharsets.UTF_8))))
                .build();
        try {
            engine.compile(String.join("\n", lines), "test").run();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Returns the text of an expression. */
    static String value(String expression) {
        return String.join("\n", run("Сообщить(" + expression + ");"));
    }

    /** Returns the error that a script ends with. */
    static ScriptException error(String... lines) {
        return catchThrowableOfType(ScriptException.class, () -> run(lines));
    }
}
