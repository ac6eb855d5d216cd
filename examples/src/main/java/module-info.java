/** One small program per idea. */
module dev.tramway.examples {
    requires dev.tramway;
    requires info.picocli;
    requires static org.jspecify;

    // The command line is read into an annotated class.
    opens dev.tramway.examples to
            info.picocli;

    provides java.util.spi.ToolProvider with
            dev.tramway.examples.ExampleTool;
}
