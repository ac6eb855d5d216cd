package dev.tramway.checker;

import java.util.ArrayList;
import java.util.List;

/** Everything that one producer did, in its order. Written by that producer, read when it has ended. */
final class Script {
    private final int producer;
    private final List<Act> acts = new ArrayList<>();

    Script(int producer) {
        this.producer = producer;
    }

    int producer() {
        return producer;
    }

    List<Act> acts() {
        return acts;
    }

    Script add(Act act) {
        acts.add(act);
        return this;
    }
}
