/** Broadcast, groups and presence across machines. */
module dev.tramway.cluster {
    requires dev.tramway;
    requires static org.jspecify;
}
