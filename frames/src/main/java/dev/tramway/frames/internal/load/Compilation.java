package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.yaml.Problems;
import dev.tramway.frames.internal.yaml.Yaml;
import java.util.Map;
import java.util.function.Function;

/** What all parts of one definition share while it is compiled. */
final class Compilation {
    private static final int MAX_SLOTS = 4_000;
    private static final int MAX_NODES = 100_000;

    final Problems problems;
    final Defaults defaults;
    final Plan.Limits limits;
    final Map<String, Yaml> structures;
    final Function<Yaml.Scalar, Plan> protocols;
    private int slots;
    private int most;
    private int nodes;

    Compilation(
            Problems problems,
            Defaults defaults,
            Plan.Limits limits,
            Map<String, Yaml> structures,
            Function<Yaml.Scalar, Plan> protocols) {
        this.problems = problems;
        this.defaults = defaults;
        this.limits = limits;
        this.structures = structures;
        this.protocols = protocols;
    }

    /** The next free slot; nodes that are never on one tape may have the same. */
    int slot(Yaml source) {
        if (slots == MAX_SLOTS || ++nodes > MAX_NODES) {
            // The end, and not only of this part: structures that contain others many times grow without bounds.
            problems.add(source.at().flaw("more than " + MAX_SLOTS + " fields", "fewer", "split the definition"));
            problems.check();
        }
        slots++;
        most = Math.max(most, slots);
        return slots - 1;
    }

    /** Slots in use. */
    int slots() {
        return slots;
    }

    /** Frees all slots from one on. */
    void slots(int used) {
        slots = used;
    }

    /** How many slots a tape needs. */
    int mostSlots() {
        return most;
    }
}
