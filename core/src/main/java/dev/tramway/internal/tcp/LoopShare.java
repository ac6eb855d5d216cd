package dev.tramway.internal.tcp;

import dev.tramway.internal.loop.Loop;

/**
 * What a server has on one loop.
 *
 * @param loop the loop
 * @param log its broadcasts there
 */
record LoopShare(Loop loop, BroadcastLog log) {
    LoopShare(Loop loop) {
        this(loop, new BroadcastLog(loop));
    }
}
