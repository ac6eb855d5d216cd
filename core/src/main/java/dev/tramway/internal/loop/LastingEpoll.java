package dev.tramway.internal.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll handler, which leaves sockets in the epoll set for as long as they are open. Lives on its loop.
 *
 * <p>A channel that wants to hear of nothing for a while, because its peer has ended its stream and reading is paused, say, is
 * taken out of the set by Netty and never put back: when it wants to write on, {@code epoll_ctl} finds nothing to modify
 * (ENOENT), and the channel is closed with all that it owes (4.2.18 to 4.2.20). Here it stays in the set, edge triggered: a
 * hang-up, which epoll reports in any case, is reported once and not for ever.
 */
final class LastingEpoll implements IoHandler {
    private final IoHandler epoll;

    LastingEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Lasting(epoll.register(handle));
    }

    private record Lasting(IoRegistration epoll) implements IoRegistration {
        @Override
        public long submit(IoOps wanted) {
            return epoll.submit(EpollIoOps.NONE.equals(wanted) ? EpollIoOps.EPOLLET : wanted);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
        public <T> T attachment() {
            return epoll.attachment();
        }

        @Override
        public boolean isValid() {
            return epoll.isValid();
        }

        @Override
        public boolean cancel() {
            return epoll.cancel();
        }
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }
}
