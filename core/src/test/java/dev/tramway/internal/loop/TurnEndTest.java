package dev.tramway.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.TcpServer;
import dev.tramway.testing.Net;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is done at the end of a turn, and in which order. */
class TurnEndTest {
    @OverWires(OverWires.Kind.PLAIN)
    void longWorkGoesOnBehindWhateverElseTheNextTurnBrings(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> {});
            net.peer(server).send("so that the loop runs");
            Loop loop = net.loops().get(0);
            List<String> done = new ArrayList<>();
            CompletableFuture<List<String>> all = new CompletableFuture<>();
            loop.execute(() -> loop.atTurnEnd(() -> {
                long began = loop.turn();
                done.add("long work began");
                loop.goOnNextTurn(() -> {
                    done.add("long work ended after " + (loop.turn() - began));
                    all.complete(List.copyOf(done));
                });
                loop.atTurnEnd(() -> done.add("an answer was sent after " + (loop.turn() - began)));
            }));
            assertThat(all.get(10, TimeUnit.SECONDS))
                    .containsExactly("long work began", "an answer was sent after 1", "long work ended after 1");
        }
    }
}
