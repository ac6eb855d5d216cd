package dev.tramway.internal.tcp;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of one server, in all and by address, against their limits. May be used by any thread. */
final class Admission {
    private final int most;
    private final int mostPerAddress;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    Admission(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /** Counts a connection until it closes; false if it is one too many. */
    boolean admit(Channel connection) {
        if (most == 0 && mostPerAddress == 0) {
            return true;
        }
        if (most > 0 && all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        if (mostPerAddress > 0 && connection.remoteAddress() instanceof InetSocketAddress peer) {
            InetAddress address = peer.getAddress();
            if (byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
                release(address);
                release();
                return false;
            }
            connection.closeFuture().addListener(closed -> release(address));
        }
        connection.closeFuture().addListener(closed -> release());
        return true;
    }

    private void release() {
        if (most > 0) {
            all.decrementAndGet();
        }
    }

    private void release(InetAddress address) {
        byAddress.computeIfPresent(address, (known, count) -> count == 1 ? null : count - 1);
    }
}
