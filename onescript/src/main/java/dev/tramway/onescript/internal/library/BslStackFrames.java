package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import java.util.Iterator;
import java.util.List;

/** КоллекцияКадровСтекаВызовов: the methods that an error passed, from the innermost to the outermost. */
final class BslStackFrames extends BslCollection {
    static final NativeType TYPE = NativeType.declare(
                    BslStackFrames.class, "КоллекцияКадровСтекаВызовов", "CallStackFramesCollection")
            .requires(Permission.PURE)
            .function("Количество", "Count", self -> (long) self.size())
            .build();

    private final List<BslStackFrame> frames;

    BslStackFrames(List<BslStackFrame> frames) {
        this.frames = frames;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return frames.size();
    }

    @Override
    public Object at(Object index) {
        return frames.get(BslArray.index(frames, index));
    }

    @Override
    public Iterator<Object> elements() {
        return List.<Object>copyOf(frames).iterator();
    }
}
