package dev.tramway.server.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;

/** Reads the operator's commands on a thread of its own: {@code stop} or the end stops, any other line is announced. */
public final class ConsoleInput {
    private final BufferedReader input;
    private final Predicate<String> announce;
    private final StopRequest stop;
    private final PrintWriter out;

    /**
     * Prepares to read.
     *
     * @param announce says a line to everybody; false if there is no room for it
     */
    public ConsoleInput(BufferedReader input, Predicate<String> announce, StopRequest stop, PrintWriter out) {
        this.input = input;
        this.announce = announce;
        this.stop = stop;
        this.out = out;
    }

    /** Begins to read; the thread does not keep the process alive. */
    public void start() {
        Thread.ofPlatform().daemon().name("tramway-console").start(this::read);
    }

    private void read() {
        try {
            for (String line = input.readLine(); line != null && !line.equals("stop"); line = input.readLine()) {
                if (!line.isEmpty() && !announce.test(line)) {
                    out.println("Not sent, the chat is too busy: " + line);
                    out.flush();
                }
            }
        } catch (IOException unreadable) {
            // The same as its end.
        }
        stop.ask();
    }
}
