package dev.tramway.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the load client does.
 *
 * @param mode as {@code load --help} lists them
 * @param connections number of connections
 * @param window messages in flight per connection
 * @param size bytes of a message's payload
 * @param warmup seconds before the measured ones
 * @param seconds measured seconds
 * @param more further options
 */
public record LoadSettings(
        String mode, int connections, int window, int size, double warmup, double seconds, List<String> more) {
    /** Copies. */
    public LoadSettings {
        more = List.copyOf(more);
    }

    /** 100 connections with 1000 messages of 32 bytes each in flight. */
    public static LoadSettings of(String mode, double warmup, double seconds) {
        return new LoadSettings(mode, 100, 1_000, 32, warmup, seconds, List.of());
    }

    /** The same with so many connections. */
    public LoadSettings connections(int count) {
        return new LoadSettings(mode, count, window, size, warmup, seconds, more);
    }

    /** The same with so many messages in flight on each connection. */
    public LoadSettings window(int messages) {
        return new LoadSettings(mode, connections, messages, size, warmup, seconds, more);
    }

    /** The same with messages of so many bytes. */
    public LoadSettings size(int bytes) {
        return new LoadSettings(mode, connections, window, bytes, warmup, seconds, more);
    }

    /** The same with another time before the measured one. */
    public LoadSettings warmup(double before) {
        return new LoadSettings(mode, connections, window, size, before, seconds, more);
    }

    /** The same with another option. */
    public LoadSettings with(String option) {
        var all = new ArrayList<>(more);
        all.add(option);
        return new LoadSettings(mode, connections, window, size, warmup, seconds, all);
    }

    /** The command line that runs it. */
    List<String> command(Path program, String host, int port) {
        var command = new ArrayList<>(List.of(
                program.toString(),
                mode,
                "--host=" + host,
                "--port=" + port,
                "--connections=" + connections,
                "--window=" + window,
                "--size=" + size,
                "--warmup=" + warmup,
                "--seconds=" + seconds));
        command.addAll(more);
        return command;
    }
}
