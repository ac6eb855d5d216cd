/** The OneScript language and its TCP component. */
module dev.tramway.onescript {
    requires dev.tramway;
    requires static org.jspecify;

    exports dev.tramway.onescript;
}
