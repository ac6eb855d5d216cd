package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.util.List;

/**
 * A receiver of readings. One thread, which is its own, calls {@link #deliver} again and again, so that it may wait as long as it
 * needs; {@link #close} comes last, and from another thread if a delivery does not end.
 */
public interface Sink extends AutoCloseable {
    /** Its name in the configuration; there is no other with the same. */
    String name();

    /**
     * Hands readings over. What fails is tried again, with the same readings and perhaps more behind them.
     *
     * @param readings at least one, in the order in which they have arrived
     * @throws RefusedException if the receiver will never take them
     * @throws IOException if it may take them later
     * @throws InterruptedException if the server is going down
     */
    void deliver(List<DeviceReading> readings) throws IOException, InterruptedException;

    /** Lets go of connections and files; does not throw. */
    @Override
    void close();
}
