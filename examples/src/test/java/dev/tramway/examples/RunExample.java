package dev.tramway.examples;

import java.util.spi.ToolProvider;

/** Runs the command as {@code ./tramway example} does, without the modules above this one. */
public final class RunExample {
    private RunExample() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] args) {
        System.exit(ToolProvider.findFirst("example").orElseThrow().run(System.out, System.err, args));
    }
}
