package dev.tramway.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the examples do on the terminal: arguments, lines out, lines in. */
final class Terminal {
    private Terminal() {}

    /** An argument, or its default. */
    static String text(String[] args, int index, String otherwise) {
        return index < args.length ? args[index] : otherwise;
    }

    /** An argument that is a whole number, or its default. */
    static int number(String[] args, int index, int otherwise) {
        try {
            return index < args.length ? Integer.parseInt(args[index]) : otherwise;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "argument " + (index + 1) + ": " + args[index] + " (expected: a number)", e);
        }
    }

    /** Prints a line. */
    static void say(String line) {
        System.out.println(line);
    }

    /** Makes a step of the program and tells of it. */
    static <T> T step(String what, Supplier<T> action) {
        T result = action.get();
        say(what + "...Done!");
        return result;
    }

    /** Makes a step of the program and tells of it. */
    static void step(String what, Runnable action) {
        step(what, () -> {
            action.run();
            return what;
        });
    }

    /** Handles what is typed into a server, until it shall stop; {@code !} restarts it. */
    static void runServer(Runnable restart, Consumer<String> typed) {
        say("Press Enter to stop the server or '!' to restart the server...");
        forEachLine(() -> step("Server restarting", restart), typed);
    }

    /** Handles what is typed into a client, until it shall stop; {@code !} reconnects it. */
    static void runClient(Runnable reconnect, Consumer<String> typed) {
        say("Press Enter to stop the client or '!' to reconnect the client...");
        forEachLine(() -> step("Client disconnecting", reconnect), typed);
    }

    /** Until an empty line or the end of the input. */
    private static void forEachLine(Runnable exclamation, Consumer<String> typed) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
                if (line.equals("!")) {
                    exclamation.run();
                } else {
                    typed.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what is typed: " + e.getMessage(), e);
        }
    }
}
