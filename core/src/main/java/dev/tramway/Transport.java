package dev.tramway;

/** What carries the bytes between this process and the kernel. */
public enum Transport {
    /** The best that this machine has: epoll on Linux, kqueue on macOS, else NIO. */
    AUTO,
    /** The JDK's selector; works everywhere. */
    NIO,
    /** Linux epoll, from Netty's native library. */
    EPOLL,
    /** Linux io_uring, from Netty's native library; by choice only. */
    IO_URING,
    /** macOS and BSD kqueue, from Netty's native library. */
    KQUEUE
}
