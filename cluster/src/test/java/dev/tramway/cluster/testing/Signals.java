package dev.tramway.cluster.testing;

import java.io.IOException;

/** Sends signals to processes that a test has started. */
public final class Signals {
    private Signals() {}

    /** Sends one, such as STOP or CONT. */
    public static void send(long process, String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " answered " + code);
        }
    }
}
