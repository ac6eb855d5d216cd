package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Child;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Pinning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the programs come from and how long they are measured.
 *
 * @param pinning where they run
 * @param directory for scripts and certificates
 * @param seconds of each measurement
 * @param clients of the measurements with many
 * @param idle connections that do nothing
 */
record Lab(Pinning pinning, Path directory, double seconds, int clients, int idle) {
    /** The {@code tramway} command, which runs scripts. */
    private static final String TRAMWAY = "dev.tramway.cli.Main";

    /** Starts a server, whose output nobody reads, and waits until it listens. */
    Subject server(Row.Kind kind, String program, int port, int clients) {
        var command = command(kind, program, List.of(), List.of(Integer.toString(port), Integer.toString(clients)));
        return new Subject(Child.startSilent(command)).listening(port);
    }

    /** Starts any other program. */
    Subject start(Row.Kind kind, String program, String... arguments) {
        return start(kind, program, List.of(), arguments);
    }

    /** Starts any other program in a JVM that gets further options. */
    Subject start(Row.Kind kind, String program, List<String> options, String... arguments) {
        return new Subject(Child.start(command(kind, program, options, List.of(arguments))));
    }

    /** Does the same for a run in which something is prepared, which the JVM talks about. */
    Subject startTalking(Row.Kind kind, String program, List<String> options) {
        return new Subject(Child.startMerged(command(kind, program, options, List.of())));
    }

    private List<String> command(Row.Kind kind, String program, List<String> options, List<String> arguments) {
        List<String> command;
        if (kind == Row.Kind.SCRIPT) {
            command = Contender.Java.program(TRAMWAY);
            command.addAll(List.of("script", script(program + ".os")));
        } else {
            command = Contender.Java.program(Plain.class.getName());
            command.add(program);
        }
        command.addAll(1, options);
        command.addAll(arguments);
        return pinning.server(command);
    }

    private String script(String name) {
        var file = directory.resolve(name);
        try (var text = Optional.ofNullable(Lab.class.getResourceAsStream("/dev/tramway/bench/script/" + name))
                .orElseThrow(() -> new BenchException("no script " + name))) {
            if (!Files.exists(file)) {
                Files.copy(text, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }
}
