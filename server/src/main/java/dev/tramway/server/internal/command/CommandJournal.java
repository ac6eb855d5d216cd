package dev.tramway.server.internal.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What remembers commands over a crash. May be used by any thread. */
public interface CommandJournal extends AutoCloseable {
    /** Forgets everything. */
    CommandJournal NONE = new CommandJournal() {
        @Override
        public CompletableFuture<Void> write(CommandView command) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<CommandView> restored() {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /**
     * Writes down how a command is now.
     *
     * @return completes when it outlives a crash; fails with an {@link java.io.UncheckedIOException}
     */
    CompletableFuture<Void> write(CommandView command);

    /** The commands as they were written down last, in the order in which they were asked for. */
    List<CommandView> restored();

    @Override
    void close();
}
