package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.internal.type.Output;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What decoding and encoding work on, used again, so that a frame costs little more memory than the message that it becomes. Of each
 * there is one; who finds it taken, by another thread or for a frame inside a frame, makes his own. Used by any thread.
 */
public final class Scratch {
    private final Spare up = new Spare();
    private final Spare down = new Spare();

    /** For one protocol. */
    Scratch() {}

    /** What is not in use, one way. */
    private static final class Spare {
        private final AtomicReference<@Nullable Tape> tape = new AtomicReference<>();
        private final AtomicReference<@Nullable Paper> paper = new AtomicReference<>();
    }

    /** What a frame is written on. */
    static final class Paper {
        private final Tape tape;
        private final Output out;

        Paper(Plan plan, Direction direction) {
            tape = new Tape(plan, direction);
            out = new Output(plan.limits().frame());
        }

        Tape tape() {
            return tape;
        }

        Output out() {
            return out;
        }
    }

    private Spare spare(Direction direction) {
        return direction == Direction.UP ? up : down;
    }

    /** A tape for the protocol that this belongs to. */
    public Tape tape(Plan plan, Direction direction) {
        Tape tape = spare(direction).tape.getAndSet(null);
        return tape == null ? new Tape(plan, direction) : tape;
    }

    /** Gives a tape back, of which nothing is needed any more. */
    public void giveBack(Tape tape) {
        spare(tape.direction()).tape.set(tape);
    }

    Paper paper(Plan plan, Direction direction) {
        Paper paper = spare(direction).paper.getAndSet(null);
        return paper == null ? new Paper(plan, direction) : paper;
    }

    void giveBack(Paper paper) {
        paper.out.clear();
        spare(paper.tape.direction()).paper.set(paper);
    }
}
