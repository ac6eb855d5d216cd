package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ConsoleInputTest {
    private final List<String> said = new ArrayList<>();
    private final StringWriter out = new StringWriter();

    private void read(String input, Predicate<String> announce) throws InterruptedException {
        StopRequest stop = StopRequest.install();
        try {
            new ConsoleInput(new BufferedReader(new StringReader(input)), announce, stop, new PrintWriter(out)).start();
            stop.await();
        } finally {
            stop.finish(0);
        }
    }

    @Test
    void linesAreAnnouncedUntilStop() throws InterruptedException {
        read("hello\n\nyou there\nstop\nnot this\n", said::add);
        assertThat(said).containsExactly("hello", "you there");
    }

    @Test
    void endOfInputStopsToo() throws InterruptedException {
        read("hello\n", said::add);
        assertThat(said).containsExactly("hello");
    }

    @Test
    void operatorHearsOfALineThatFoundNoRoom() throws InterruptedException {
        read("hello\n", line -> false);
        assertThat(out.toString()).contains("hello").contains("too busy");
    }
}
