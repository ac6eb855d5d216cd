package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoopExamplesTest {
    @Test
    void dispatchRunsAtOnceOnTheLoopAndPostWaitsItsTurn() throws Exception {
        List<String> steps = steps("io-service");
        assertThat(steps)
                .extracting(line -> line.replaceAll(" - .*", ""))
                .containsExactly(
                        "1", "2", "1.1", "1.2", "1.2.1", "1.3", "2.1", "2.2", "2.2.1", "2.3", "1.3.1", "2.3.1");
        List<String> threads =
                steps.stream().map(line -> line.replaceAll(".*Id ", "")).toList();
        String main = threads.get(0);
        String loop = threads.get(2);
        assertThat(loop).isNotEqualTo(main);
        assertThat(threads.subList(0, 2)).containsOnly(main);
        assertThat(threads.subList(2, 12)).containsOnly(loop);
    }

    @Test
    void aTimerExpiresForTheThreadAndForTheCallbackAndCanBeCanceled() throws Exception {
        assertThat(steps("timer")).containsExactly("Timer was expired", "Timer was expired", "Timer was canceled");
    }

    /** What is printed between the start and the stop of the service. */
    private static List<String> steps(String name) throws Exception {
        try (ExampleProcess example = ExampleProcess.start(name)) {
            List<String> output = example.finish();
            assertThat(output).startsWith("Service starting...Done!").endsWith("Service stopping...Done!");
            return output.subList(1, output.size() - 1);
        }
    }
}
