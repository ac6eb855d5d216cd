/** Declarative binary frames for device protocols. */
module dev.tramway.frames {
    requires transitive dev.tramway;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports dev.tramway.frames;
    exports dev.tramway.frames.secure;
}
