/** The ready-to-run server. */
module dev.tramway.server {
    requires dev.tramway;
    requires dev.tramway.frames;
    requires info.picocli;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.server to
            info.picocli;

    provides java.util.spi.ToolProvider with
            dev.tramway.server.CheckTool,
            dev.tramway.server.RecordTool,
            dev.tramway.server.ReplayTool,
            dev.tramway.server.ServeTool,
            dev.tramway.server.SimulateTool;
}
