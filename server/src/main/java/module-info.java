/** The ready-to-run server. */
@SuppressWarnings("requires-automatic") // nobody requires this module
module dev.tramway.server {
    requires dev.tramway;
    requires com.h2database.mvstore;
    requires com.hivemq.client.mqtt;
    requires info.picocli;
    requires java.net.http;
    requires java.sql;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.server to
            info.picocli;

    provides java.util.spi.ToolProvider with
            dev.tramway.server.ServeTool;
}
