package dev.tramway.checker;

import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Broadcasts, broadcasts but one, sends to one, last messages, closing, joining, leaving and changes of framing, drawn by lot
 * and interleaved from other threads, loops and executors, while receivers come and go: {@link DeliveryChecker} finds no
 * loss, duplicate, reordering or message gone astray.
 */
@ExtendWith(NoLeaks.class)
class BroadcastCheckerTest {
    private static final int SHORT = 35_000;
    private static final int ROUND = 500_000;
    private static final int ROUNDS = 20;

    /** About 200,000 deliveries over all wires. */
    @OverWires
    @Timeout(180)
    void whateverIsInterleavedEverybodyGetsWhatIsTheirsInOrder(Wire wire) throws Exception {
        run(wire, SHORT);
    }

    /** Ten million deliveries over each wire. */
    @OverWires
    @Tag("long")
    @Timeout(3600)
    void whateverIsInterleavedEverybodyGetsWhatIsTheirsInOrderInTenMillionDeliveries(Wire wire) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            run(wire, ROUND);
        }
    }

    private static void run(Wire wire, int deliveries) throws Exception {
        long seed = Long.getLong("tramway.test.seed", System.nanoTime());
        System.out.println("BroadcastCheckerTest over " + wire + ", seed " + seed);
        try (Bustle bustle = new Bustle(wire, seed)) {
            bustle.run(deliveries);
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed + " (-Dtramway.test.seed)", e);
        }
    }
}
