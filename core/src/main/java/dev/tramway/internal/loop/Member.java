package dev.tramway.internal.loop;

import java.util.concurrent.CompletableFuture;

/** What lives on a service and goes down and up with it: a server, client or endpoint. */
public interface Member {
    /** Ends it as part of the service's stop; never fails. */
    CompletableFuture<?> stopWithService();

    /** Brings it back as part of the service's restart; does nothing if it was not running. */
    CompletableFuture<?> restartWithService();
}
