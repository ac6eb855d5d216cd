/** Declarative binary frames for device protocols. */
module dev.tramway.frames {
    requires dev.tramway;
    requires static org.jspecify;
}
