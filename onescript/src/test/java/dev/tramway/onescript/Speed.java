package dev.tramway.onescript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Prints the times of small programs, see speed.os. Started by hand; it asserts nothing. */
final class Speed {
    private Speed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (InputStream script = Objects.requireNonNull(Speed.class.getResourceAsStream("speed.os"))) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            ScriptEngine.builder().build().compile(text, "speed").run();
        }
    }
}
