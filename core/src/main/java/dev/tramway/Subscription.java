package dev.tramway;

/** One listener's registration; ending it is the only thing that can be done with it. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** Ends the registration: no further event is delivered once a running delivery is over. May be called twice. */
    @Override
    void close();
}
