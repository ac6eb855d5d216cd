package dev.tramway.onescript.internal.node;

import org.jspecify.annotations.Nullable;

/** Pieces of code that run one after the other and keep their variables. */
public final class Conversation {
    private final ModuleInstance self;
    private @Nullable Frame last;

    public Conversation(ModuleInstance self) {
        this.self = self;
    }

    /** Runs the next piece, which was compiled in the scope of those before. */
    public Object run(ScriptMethod piece, Execution execution) {
        Frame frame = new Frame(self, piece, execution);
        if (last != null) {
            frame.continueFrom(last);
        }
        last = frame;
        return piece.run(frame);
    }
}
