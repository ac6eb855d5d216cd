package dev.tramway.bench.scenario;

import dev.tramway.bench.report.Result;
import java.util.List;

/** Something that is measured, side by side for all contenders. */
public interface Scenario {
    /** The target it belongs to, such as {@code P2}. */
    String id();

    /** Measures. */
    Result run(Lab lab);

    /** All there are, in order of their targets. */
    static List<Scenario> all() {
        return List.of(new FramedEcho(), new PacedBroadcast(), Allocation.ofEcho(), Allocation.ofBroadcast());
    }
}
