package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code tramway cluster demo} as a process. */
class ClusterDemoTest {
    @Test
    void whatIsSaidOnOneNodeIsReadOnAll() {
        boolean installed = Files.isExecutable(Path.of("/usr/sbin/nats-server"))
                || Files.isExecutable(Path.of("/usr/bin/nats-server"));
        if (System.getenv("CI") == null) {
            assumeThat(installed)
                    .as("nats-server is installed (package nats-server)")
                    .isTrue();
        }
        try (Program demo = Program.tramway("cluster", "demo", "--port=0").awaitOutput("Ctrl-C ends all.");
                Program first = connect(demo, 1);
                Program second = connect(demo, 2);
                Program third = connect(demo, 3)) {
            first.type("from the first\n");
            second.awaitOutput("from the first");
            third.awaitOutput("from the first").type("from the third\n");
            first.awaitOutput("from the third");
            demo.terminate();
            demo.exitCode();
            assertThat(demo.errors()).doesNotContain("Exception");
        }
    }

    private static Program connect(Program demo, int node) {
        return Program.tramway("connect", "127.0.0.1", demo.find("^node " + node + " 127\\.0\\.0\\.1:(\\d+)"))
                .awaitOutput("You are on node " + node);
    }
}
