package dev.tramway.internal.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Listeners run on the socket's loop. Lives there. */
final class LoopDelivery implements Delivery {
    private final EndpointSocket socket;
    private final Listeners listeners;

    /** What was read and not told before reading was paused. */
    private @Nullable DatagramBatch kept;

    LoopDelivery(EndpointSocket socket, Listeners listeners) {
        this.socket = socket;
        this.listeners = listeners;
    }

    @Override
    public void event(Runnable telling) {
        telling.run();
    }

    @Override
    public void datagram(InetSocketAddress from, ByteBuffer datagram) {
        if (kept == null && socket.mayDeliver()) {
            listeners.datagram(from, datagram);
        } else {
            if (kept == null) {
                kept = new DatagramBatch();
            }
            kept.add(from, datagram);
        }
    }

    @Override
    public void readDone() {
        // each datagram was told as it came
    }

    @Override
    public void resumed() {
        DatagramBatch batch = kept;
        while (batch != null && batch.hasNext() && socket.mayDeliver()) {
            listeners.datagram(batch.nextSender(), batch.next());
            socket.runDeferred();
        }
        if (batch != null && !batch.hasNext()) {
            kept = null;
        }
    }

    @Override
    public void ended() {
        kept = null;
    }
}
