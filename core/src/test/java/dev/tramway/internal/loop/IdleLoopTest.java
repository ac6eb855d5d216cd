package dev.tramway.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.TcpServer;
import dev.tramway.testing.Net;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An idle process wakes up for nothing. */
class IdleLoopTest {
    @OverWires
    void loopsDoNotTurnWhileNothingHappens(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.idleTimeout(Duration.ofHours(1)));
            net.peer(server).send("hello");
            net.client(server, options -> {});
            net.io().after(Duration.ofHours(1), () -> {});
            net.settle();
            assertThat(turnsWhileIdle(net)).as("turns").isZero();
        }
    }

    /** The least of several looks: the first may see the end of what went before. */
    private static long turnsWhileIdle(Net net) {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 10 && least > 0; look++) {
            long before = turns(net);
            // Time in which nothing happens is the very thing that is tested.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            least = Math.min(least, turns(net) - before);
        }
        return least;
    }

    private static long turns(Net net) {
        return net.loops().stream().mapToLong(Loop::turn).sum();
    }
}
