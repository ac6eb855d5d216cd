/** The ready-to-run server. */
@SuppressWarnings("requires-automatic") // the Prometheus libraries have no module descriptors
module dev.tramway.server {
    requires dev.tramway;
    requires dev.tramway.frames;
    requires info.picocli;
    requires java.naming;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;
    requires jdk.httpserver;
    requires java.management;
    // CPU time and file descriptors of the process.
    requires jdk.management;
    requires io.prometheus.writer.text;
    requires io.prometheus.metrics.model;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.server to
            info.picocli;

    // Records are written as JSON.
    opens dev.tramway.server.internal.api to
            tools.jackson.databind;
    opens dev.tramway.server.internal.command to
            tools.jackson.databind;
    opens dev.tramway.server.internal.reading to
            tools.jackson.databind;
    opens dev.tramway.server.internal.telemetry to
            tools.jackson.databind;

    provides java.util.spi.ToolProvider with
            dev.tramway.server.CheckTool,
            dev.tramway.server.RecordTool,
            dev.tramway.server.ReplayTool,
            dev.tramway.server.ServeTool,
            dev.tramway.server.SimulateTool;
}
