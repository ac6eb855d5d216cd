/** Asynchronous TCP, TLS and UDP servers and clients. */
module dev.tramway {
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires jdk.net;
    requires org.slf4j;

    // Used where present, each behind one class that asks first.
    requires static io.netty.tcnative.classes.openssl;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires static io.netty.transport.classes.kqueue;
    requires static org.bouncycastle.pkix;
    requires static org.bouncycastle.provider;

    exports dev.tramway;
}
