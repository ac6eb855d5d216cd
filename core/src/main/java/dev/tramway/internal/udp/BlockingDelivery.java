package dev.tramway.internal.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Datagrams go to a {@link BlockingUdpSocket}, which a thread of the application reads; other listeners are told on the loop.
 * Lives on the socket's loop. One batch is in flight, and nothing more is read until it has been taken.
 */
final class BlockingDelivery implements Delivery {
    private final EndpointSocket socket;
    private final Listeners listeners;
    private final BlockingUdpSocket reader;
    private DatagramBatch filling = new DatagramBatch();
    private boolean inFlight;

    BlockingDelivery(EndpointSocket socket, Listeners listeners, BlockingUdpSocket reader) {
        this.socket = socket;
        this.listeners = listeners;
        this.reader = reader;
    }

    @Override
    public void event(Runnable telling) {
        telling.run();
    }

    @Override
    public void datagram(InetSocketAddress from, ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        listeners.datagram(from, datagram);
        filling.add(from, datagram.limit(end).position(start));
    }

    @Override
    public void readDone() {
        if (!inFlight && !filling.isEmpty()) {
            inFlight = true;
            socket.holdReading(true);
            DatagramBatch filled = filling;
            filling = new DatagramBatch();
            reader.offer(new BlockingUdpSocket.Offer(filled, () -> socket.control(this::taken)));
        }
    }

    private void taken() {
        inFlight = false;
        socket.holdReading(false);
        readDone();
    }

    @Override
    public void resumed() {
        // what was read can be taken during a pause too
    }

    @Override
    public void ended() {
        // what was offered can still be taken
    }
}
