/** The OneScript language and its TCP component. */
module dev.tramway.onescript {
    requires transitive dev.tramway;
    requires static org.jspecify;

    exports dev.tramway.onescript;
}
