package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import java.util.Random;

/** ГенераторСлучайныхЧисел. The same seed, other than 0, gives the same numbers, though not those of the original. */
final class BslRandom extends BslObject {
    static final NativeType TYPE = NativeType.declare(
                    BslRandom.class, "ГенераторСлучайныхЧисел", "RandomNumberGenerator")
            .requires(Permission.PURE)
            .constructor(Params.of(0, 1), BslRandom::new)
            .function("СлучайноеЧисло", "RandomNumber", Params.of(0, 2), BslRandom::number)
            .build();

    private static final long LARGEST = 0xFFFF_FFFFL;

    private final Random random;

    private BslRandom(Call call) {
        long seed = call.whole(0, 0);
        this.random = seed == 0 ? new Random() : new Random(seed);
    }

    /** From the lower to the upper bound, both included; from 0 to 2^32 - 1 without. */
    private Object number(Call call) {
        long low = bound(call, 0, 0);
        long high = bound(call, 1, LARGEST);
        if (high < low) {
            throw Errors.badArgument(2);
        }
        return random.nextLong(low, high + 1);
    }

    private static long bound(Call call, int index, long otherwise) {
        long bound = call.whole(index, otherwise);
        if (bound < 0 || bound > LARGEST) {
            throw Errors.badArgument(index + 1);
        }
        return bound;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
