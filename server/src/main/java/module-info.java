/** The ready-to-run server. */
@SuppressWarnings("requires-automatic") // some libraries have no module descriptors; nobody requires this module
module dev.tramway.server {
    requires com.h2database.mvstore;
    requires com.hivemq.client.mqtt;
    requires dev.tramway.cluster;
    requires dev.tramway.frames;
    requires dev.tramway.onescript;
    requires dev.tramway;
    requires info.picocli;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires java.management;
    requires java.naming;
    requires java.net.http;
    requires java.sql;
    requires jdk.httpserver;
    // CPU time and file descriptors of the process.
    requires jdk.management;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.server to
            info.picocli;

    // Records are written as JSON.
    opens dev.tramway.server.internal.api to
            tools.jackson.databind;
    opens dev.tramway.server.internal.cluster to
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
