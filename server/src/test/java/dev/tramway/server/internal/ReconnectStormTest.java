package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.Message;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All devices drop and come back together; the newest connection of each wins, and what waited for it is told once. */
class ReconnectStormTest {
    private static final String CONFIG = """
            listeners:
              plant:
                port: 0
                protocol: aqua-plc
                unknown: accept
                limits: { per-address: 0, accept-rate: 0 }
            """;

    @TempDir
    private Path directory;

    @Test
    void threeHundredDevices() throws Exception {
        storm(300);
    }

    @Test
    @Tag("long")
    void fiveThousandDevices() throws Exception {
        storm(5_000);
    }

    private void storm(int count) throws Exception {
        try (var plant = new Plant(directory, CONFIG);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<TestDevice> first = all(threads.invokeAll(jobs(count, device -> {
                TestDevice link = plant.device("plant").measure(serial(device), 1, device);
                link.awaitAcknowledgement(1);
                return link;
            })));
            // One half is cut off in a way that the server notices, the other is behind a router that has forgotten it.
            for (int device = 0; device < count; device += 2) {
                first.get(device).reset();
            }
            Plant.until(
                    "half of them gone",
                    () -> plant.telemetry().devices().stream()
                                    .filter(one -> one.state() == DeviceState.OFFLINE)
                                    .count()
                            == (count + 1) / 2);
            List<CommandView> commands = all(threads.invokeAll(jobs(
                    (count + 1) / 2,
                    half -> plant.ask(serial(2 * half), "", "relay", Map.of("relay", 3, "operation", 1)))));
            List<Integer> told = all(threads.invokeAll(jobs(count, device -> {
                try (TestDevice link = plant.device("plant").measure(serial(device), 2, device)) {
                    return commandsUntilAcknowledged(link, device % 2 == 0);
                }
            })));
            for (int half = 0; half < commands.size(); half++) {
                CommandView command = plant.awaitState(commands.get(half), CommandState.CONFIRMED);
                assertThat(command.attempts()).as("told once").isEqualTo(1);
            }
            for (int device = 0; device < count; device++) {
                assertThat(told.get(device)).as("heard").isEqualTo(device % 2 == 0 ? 1 : 0);
                if (device % 2 == 1) {
                    first.get(device).awaitEnd();
                }
            }
            assertThat(plant.telemetry().devices())
                    .hasSize(count)
                    .extracting(DeviceView::connects)
                    .containsOnly(2L);
            assertThat(plant.store.stored()).as("every measurement once").hasSize(2 * count);
            assertThat(plant.store.stored()).extracting(DeviceReading::id).doesNotHaveDuplicates();
        }
    }

    /** Does what it is told; answers how often that was. */
    private static int commandsUntilAcknowledged(TestDevice link, boolean expectsOne) {
        int commands = 0;
        boolean acknowledged = false;
        while (!acknowledged || (expectsOne && commands == 0)) {
            Message message = link.receive();
            if (message.name().equals("relay")) {
                commands++;
                link.done(message);
            } else {
                acknowledged = true;
            }
        }
        return commands;
    }

    private interface Job<T> {
        T run(int device) throws Exception;
    }

    private static <T> List<Callable<T>> jobs(int count, Job<T> job) {
        List<Callable<T>> jobs = new ArrayList<>();
        for (int device = 0; device < count; device++) {
            int number = device;
            jobs.add(() -> job.run(number));
        }
        return jobs;
    }

    private static <T> List<T> all(List<Future<T>> futures) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private static String serial(int device) {
        return String.format("%08d", device);
    }
}
