package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.api.Check;
import dev.tramway.server.internal.command.CommandJournal;
import dev.tramway.server.internal.reading.Readings;
import dev.tramway.server.internal.sink.MemorySink;
import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {
    @Test
    void aSinkThatIsAwayIsToldAndLeavesTheServerReady(@TempDir Path directory) throws IOException {
        MemorySink sink = new MemorySink("broker");
        sink.fail(true);
        Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink));
        try (Keeping keeping = new Keeping(spool, (listener, from, frame, why) -> {}, CommandJournal.NONE)) {
            assertThat(keeping.checks()).extracting(Check::name).containsExactly("spool", "sink broker");
            keeping.store().store(Readings.row("a", 1, 3));
            Plant.until("told", () -> keeping.checks().get(1).detail().contains("told to fail"));
            assertThat(keeping.checks()).allMatch(Check::ready);
            sink.fail(false);
            Plant.until("well again", () -> keeping.checks().get(1).detail().isEmpty());
        }
    }
}
