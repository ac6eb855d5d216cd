package dev.tramway.frames;

import dev.tramway.TcpServer;
import dev.tramway.cli.Main;
import dev.tramway.internal.loop.Loop;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Breaks every rule of the layering, for {@code LayeringTest} to find. */
public class Offender {
    /** Uses a module below its own. */
    public Class<?> below() {
        return Main.class;
    }

    /** Uses more of core than frames may. */
    public boolean neighbour(TcpServer server) {
        return server.isRunning();
    }

    /** Shows another module's inside to users. */
    public Optional<Loop> inside() {
        return Optional.empty();
    }

    /** Shows a Netty type to users. */
    public void netty(ByteBuf buffer) {
        buffer.release();
    }
}
