package dev.tramway.server.internal.spool;

import static dev.tramway.server.internal.reading.Readings.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.reading.StoreFullException;
import dev.tramway.server.internal.sink.MemorySink;
import dev.tramway.server.internal.sink.Waits;
import dev.tramway.server.internal.spool.SpoolStatus.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fills a small disk by way of a spool, and looks at what the spool does: a program of its own, since it needs a disk of its own. */
final class FullDisk {
    private static final int ROW = 100;

    private final Path directory;
    private long kept;

    private FullDisk(Path directory) {
        this.directory = directory;
    }

    /** Ends with exit code 0 if all is as promised. */
    public static void main(String[] args) throws IOException {
        new FullDisk(Path.of(args[0])).run();
        System.out.println("as promised");
    }

    private void run() throws IOException {
        var dead = new MemorySink("sink");
        dead.fail(true);
        try (Spool spool = open(dead)) {
            fill(spool);
            assertRefuses(spool);
            assertRefuses(spool);
        }
        var alive = new MemorySink("sink");
        alive.fail(true);
        try (Spool spool = open(alive)) {
            assertRefuses(spool);
            alive.fail(false);
            Waits.asserted(() -> assertThat(alive.received()).hasSize((int) kept));
            Waits.asserted(() -> assertThat(storeNext(spool)).isNull());
            assertThat(spool.status().health()).isEqualTo(Health.OK);
            Waits.asserted(() -> assertThat(alive.received()).isEqualTo(row("a", 0, (int) kept)));
            assertThat(spool.status().lost()).isZero();
        }
    }

    private Spool open(MemorySink sink) throws IOException {
        return Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink));
    }

    private void fill(Spool spool) {
        Throwable failure = null;
        while (failure == null) {
            failure = storeNext(spool);
        }
        assertThat(kept).isPositive();
    }

    private void assertRefuses(Spool spool) {
        assertThat(storeNext(spool)).isInstanceOf(StoreFullException.class).hasMessageContaining("is full");
        assertThat(spool.status().health()).isEqualTo(Health.FAILING);
        assertThat(spool.status().trouble()).contains("is full");
    }

    /** Stores the next row, and says what it failed with. */
    private @Nullable Throwable storeNext(Spool spool) {
        Throwable failure = spool.store(row("a", kept, ROW))
                .handle((done, failed) -> failed)
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
        if (failure == null) {
            kept += ROW;
        }
        return failure;
    }
}
