package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.Empty;
import java.util.Arrays;

/** Pieces of code that run one after the other and keep their variables. */
public final class Conversation {
    private final ModuleInstance self;
    private Object[] slots = {};

    public Conversation(ModuleInstance self) {
        this.self = self;
    }

    /** Runs the next piece, which was compiled in the scope of those before. */
    public Object run(ScriptMethod piece, Execution execution) {
        int known = slots.length;
        if (known < piece.size()) {
            slots = Arrays.copyOf(slots, piece.size());
            Arrays.fill(slots, known, piece.size(), Empty.UNDEFINED);
        }
        Frame frame = new Frame(self, piece, execution, slots);
        try {
            return piece.run(frame);
        } finally {
            slots = frame.slots;
        }
    }
}
