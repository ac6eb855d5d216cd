package dev.tramway.bench;

import dev.tramway.bench.scenario.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time left; where there is no terminal, a line for each tenth of a minute. */
final class BarProgress implements Progress, AutoCloseable {
    private static final int PER_SECOND = 1_000;
    private static final int SELDOM = 6_000;
    private static final int WIDTH = 110;

    private final PrintWriter err;
    private final ProgressBar bar;

    BarProgress(PrintWriter err) {
        this.err = err;
        boolean terminal = isTerminal();
        this.bar = new ProgressBarBuilder()
                .setTaskName("trials")
                .setInitialMax(1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? PER_SECOND : SELDOM)
                .setConsumer(
                        new DelegatingProgressBarConsumer(line -> show(terminal ? "\r" + line : line + "\n"), WIDTH))
                .build();
    }

    /** The Java version that this is built for cannot tell; Linux can, and nothing is measured elsewhere. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev");
        } catch (IOException unknown) {
            return false;
        }
    }

    private void show(String text) {
        err.print(text);
        err.flush();
    }

    /** So many trials are to come. */
    void expect(int trials) {
        bar.maxHint(trials);
    }

    /** So many are done, or were not needed. */
    void reached(int trials) {
        bar.stepTo(trials);
    }

    @Override
    public void begin(String what) {
        bar.setExtraMessage(what);
    }

    @Override
    public void step() {
        bar.step();
    }

    @Override
    public void tell(String text) {
        show("\n" + text + "\n");
    }

    @Override
    public void close() {
        bar.close();
        err.println();
        err.flush();
    }
}
