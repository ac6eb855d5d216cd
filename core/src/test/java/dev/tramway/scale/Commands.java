package dev.tramway.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a {@link Child} does when it is told to: each line of its input is a command, answered by one line. */
@FunctionalInterface
interface Commands {
    /** Begins a line of figures; other lines of the output are a log. */
    String ANSWER = "=> ";

    /** Begins a line that says why there are no figures. */
    String FAILURE = "=! ";

    /**
     * Does something and tells the figures.
     *
     * @param words the command and its arguments
     */
    Figures obey(String... words) throws Exception;

    /** Obeys until the input ends, which it does at the latest with the parent. */
    static void serve(Commands commands) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            tell(commands, line);
        }
    }

    private static void tell(Commands commands, String line) {
        try {
            System.out.println(ANSWER + commands.obey(line.split(" ")));
        } catch (Throwable e) {
            System.out.println(FAILURE + line + ": " + e + " at " + Arrays.toString(e.getStackTrace()));
        }
    }
}
