package dev.tramway.bench;

import dev.tramway.bench.process.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the load client by hand; what follows is its own command line. */
@Command(name = "load", description = "Runs the load client: 'bench load --help' lists its modes and options.")
final class LoadCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var programs = Programs.compile()) {
            var command = new ArrayList<>(List.of(programs.load().toString()));
            command.addAll(arguments);
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        }
    }
}
