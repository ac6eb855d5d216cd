package dev.tramway.onescript.internal.library.net;

import dev.tramway.onescript.internal.bind.Library;

/** TCPСоединение and TCPСервер. */
public final class NetLibrary {
    private NetLibrary() {}

    /** Declares them. */
    public static void declare(Library.Builder library) {
        library.type(BslTcpConnection.TYPE).type(BslTcpServer.TYPE);
    }
}
