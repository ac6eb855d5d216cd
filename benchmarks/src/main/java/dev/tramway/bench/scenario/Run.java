package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.Probe;
import java.util.function.UnaryOperator;

/**
 * What one trial does.
 *
 * @param server what the server does
 * @param load what the load client does
 * @param probe looks at the server meanwhile
 * @param untouched true for a server process that has done nothing else before
 */
record Run(ServerSettings server, LoadSettings load, Probe probe, boolean untouched) {
    /** Without a probe. */
    Run(ServerSettings server, LoadSettings load) {
        this(server, load, Probe.none());
    }

    /** With a probe. */
    Run(ServerSettings server, LoadSettings load, Probe probe) {
        this(server, load, probe, false);
    }

    /** With a changed server. */
    Run server(UnaryOperator<ServerSettings> change) {
        return new Run(change.apply(server), load, probe, untouched);
    }
}
