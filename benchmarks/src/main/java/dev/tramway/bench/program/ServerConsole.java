package dev.tramway.bench.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** What the operator of a server program types: an empty line or the end stops, an exclamation mark restarts. */
final class ServerConsole {
    private final PrintWriter out;

    ServerConsole(PrintWriter out) {
        this.out = out;
    }

    /** Tells where the server listens, then obeys until it is to stop. */
    void obey(int port, Runnable restart) {
        out.println("Listening on port " + port);
        out.println("Press Enter to stop the server or '!' to restart the server...");
        out.flush();
        var input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try {
            for (var line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
                if (line.equals("!")) {
                    phase("Server restarting", restart);
                }
            }
        } catch (IOException unreadable) {
            // The same as its end.
        }
    }

    /** Does something between the words that tell so. */
    void phase(String what, Runnable work) {
        out.print(what + "...");
        out.flush();
        work.run();
        out.println("Done!");
        out.flush();
    }
}
