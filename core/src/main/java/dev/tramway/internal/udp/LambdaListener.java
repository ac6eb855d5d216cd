package dev.tramway.internal.udp;

import dev.tramway.ErrorEvent;
import dev.tramway.MulticastGroup;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Listeners made of one handler each. */
final class LambdaListener {
    private LambdaListener() {}

    record Started(Consumer<UdpEndpoint> handler) implements UdpListener {
        @Override
        public void onStarted(UdpEndpoint endpoint) {
            handler.accept(endpoint);
        }
    }

    record Datagram(UdpEndpoint.DatagramHandler handler) implements UdpListener {
        @Override
        public void onDatagram(UdpEndpoint endpoint, InetSocketAddress from, ByteBuffer datagram) {
            handler.handle(endpoint, from, datagram);
        }
    }

    record Sent(UdpEndpoint.SentHandler handler) implements UdpListener {
        @Override
        public void onSent(UdpEndpoint endpoint, InetSocketAddress to, int bytes) {
            handler.handle(endpoint, to, bytes);
        }
    }

    record Writable(Consumer<UdpEndpoint> handler) implements UdpListener {
        @Override
        public void onWritable(UdpEndpoint endpoint) {
            handler.accept(endpoint);
        }
    }

    record Joined(BiConsumer<UdpEndpoint, MulticastGroup> handler) implements UdpListener {
        @Override
        public void onJoined(UdpEndpoint endpoint, MulticastGroup group) {
            handler.accept(endpoint, group);
        }
    }

    record Left(BiConsumer<UdpEndpoint, MulticastGroup> handler) implements UdpListener {
        @Override
        public void onLeft(UdpEndpoint endpoint, MulticastGroup group) {
            handler.accept(endpoint, group);
        }
    }

    record Failed(BiConsumer<UdpEndpoint, ErrorEvent> handler) implements UdpListener {
        @Override
        public void onError(UdpEndpoint endpoint, ErrorEvent error) {
            handler.accept(endpoint, error);
        }
    }

    record Stopped(Consumer<UdpEndpoint> handler) implements UdpListener {
        @Override
        public void onStopped(UdpEndpoint endpoint) {
            handler.accept(endpoint);
        }
    }
}
