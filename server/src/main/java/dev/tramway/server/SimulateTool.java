package dev.tramway.server;

import dev.tramway.server.internal.Durations;
import dev.tramway.server.internal.StopRequest;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetReport;
import dev.tramway.server.internal.simulate.FleetSettings;
import dev.tramway.server.internal.simulate.FleetStats;
import dev.tramway.server.internal.simulate.Flood;
import dev.tramway.server.internal.simulate.FloodReport;
import dev.tramway.server.internal.simulate.FloodStats;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code simulate} command: thousands of devices that behave as their definition says. */
@Command(
        name = "tramway simulate",
        description = {
            SimulateTool.DESCRIPTION,
            "",
            "What a device says comes from the tests of the definition: its messages with readings are sent again and"
                    + " again, with an identity of its own, the present time, and values that move."
        },
        sortOptions = false,
        footer = {
            "",
            "Stops in order on Ctrl-C and SIGTERM. Exit codes: 0 devices were connected, 1 none ever was or it failed, 2"
                    + " wrong usage."
        })
public final class SimulateTool implements ToolProvider, Callable<Integer> {
    static final String DESCRIPTION = "Simulates devices of a protocol.";

    private static final Duration LIVE = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(10);

    @Mixin
    private SimulateOptions options = new SimulateOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the service loader. */
    public SimulateTool() {}

    @Override
    public String name() {
        return "simulate";
    }

    @Override
    public Optional<String> description() {
        return Optional.of(DESCRIPTION);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return new ToolRun("simulate", out, err).execute(new SimulateTool(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetSettings settings = options.settings();
        StopRequest stop = StopRequest.install();
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            Optional<Integer> window = options.flood();
            boolean reached = window.isPresent() ? flood(settings, window.get(), stop) : simulate(settings, stop);
            code = reached ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            stop.finish(code);
        }
        return code;
    }

    /** Devices that report now and then; false if none ever reached the server. */
    private boolean simulate(FleetSettings settings, StopRequest stop) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(devices(settings) + " every " + Durations.text(settings.interval())
                + (settings.keys().isPresent() ? ", encrypted" : ""));
        out.flush();
        try (Fleet fleet = Fleet.start(settings)) {
            FleetReport report = new FleetReport(out, isTerminal());
            watch(stop, () -> report.show(fleet.stats()));
            FleetStats last = fleet.stop(options.drain());
            report.close(last);
            return last.connects() > 0;
        }
    }

    /** Devices that report as fast as the server acknowledges it; false if none ever reached it. */
    private boolean flood(FleetSettings settings, int window, StopRequest stop) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(devices(settings) + " as fast as it is acknowledged, " + window + " at a time");
        out.flush();
        try (Flood flood = Flood.start(settings, window)) {
            FloodReport report = new FloodReport(out, isTerminal());
            watch(stop, () -> report.show(flood.stats()));
            FloodStats last = flood.stop(options.drain());
            report.close(last);
            return last.connected() + last.ended() > 0;
        }
    }

    private static String devices(FleetSettings settings) {
        return settings.devices() + " devices of "
                + settings.model().protocol().name() + " at " + settings.host() + ":" + settings.port()
                + ", each reports " + settings.model().reports();
    }

    /** Before Java 22 there is a console only on a terminal; from then on there always is, and it knows. */
    private static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .filter(console -> {
                    try {
                        return Boolean.TRUE.equals(
                                Console.class.getMethod("isTerminal").invoke(console));
                    } catch (ReflectiveOperationException before22) {
                        return true;
                    }
                })
                .isPresent();
    }

    private void watch(StopRequest stop, Runnable show) throws InterruptedException {
        long began = System.nanoTime();
        long end = options.time().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        Duration every = isTerminal() ? LIVE : SELDOM;
        long elapsed = 0;
        while (elapsed < end && !stop.await(Duration.ofNanos(Math.min(every.toNanos(), end - elapsed)))) {
            show.run();
            elapsed = System.nanoTime() - began;
        }
    }
}
