/** Broadcast, groups, send by id and presence across machines, on NATS. */
@SuppressWarnings("requires-automatic") // the client of NATS has a module name, but no descriptor
module dev.tramway.cluster {
    requires transitive dev.tramway;
    requires io.nats.jnats;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.tramway.cluster;
}
