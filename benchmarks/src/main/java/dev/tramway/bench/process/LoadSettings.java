package dev.tramway.bench.process;

import java.nio.file.Path;
import java.util.List;

/**
 * What the load client does.
 *
 * @param mode echo, framed, pingpong, subscribe or chat
 * @param connections number of connections
 * @param window messages in flight per connection
 * @param size bytes of a message's payload
 * @param warmup seconds before the measured ones
 * @param seconds measured seconds
 */
public record LoadSettings(String mode, int connections, int window, int size, double warmup, double seconds) {
    /** 100 connections with 1000 messages of 32 bytes each in flight. */
    public static LoadSettings of(String mode, double warmup, double seconds) {
        return new LoadSettings(mode, 100, 1_000, 32, warmup, seconds);
    }

    /** The command line that runs it. */
    List<String> command(Path program, int port) {
        return List.of(
                program.toString(),
                mode,
                "--port=" + port,
                "--connections=" + connections,
                "--window=" + window,
                "--size=" + size,
                "--warmup=" + warmup,
                "--seconds=" + seconds);
    }
}
