package dev.tramway.server.internal.telemetry;

/** Hears which devices are here, for servers that are several. Called on event loops: must not wait. */
public interface Whereabouts {
    /** There is no other server. */
    Whereabouts ALONE = new Whereabouts() {
        @Override
        public void arrived(String device, Runnable moved) {}

        @Override
        public void left(String device) {}
    };

    /**
     * A device has connected here, perhaps once more.
     *
     * @param moved to be run when it has connected elsewhere
     */
    void arrived(String device, Runnable moved);

    /** A device is connected here no longer. */
    void left(String device);
}
