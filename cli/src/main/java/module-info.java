/** The {@code tramway} command. */
module dev.tramway.cli {
    requires dev.tramway;
    requires dev.tramway.bench;
    requires dev.tramway.cluster;
    requires dev.tramway.examples;
    requires dev.tramway.frames;
    requires dev.tramway.onescript;
    requires dev.tramway.server;
    requires info.picocli;
    requires static org.jspecify;

    // Each subcommand is a ToolProvider of some module above.
    uses java.util.spi.ToolProvider;

    provides java.util.spi.ToolProvider with
            dev.tramway.cli.cert.CertTool,
            dev.tramway.cli.cluster.ClusterTool,
            dev.tramway.cli.connect.ConnectTool,
            dev.tramway.cli.frames.FramesTool,
            dev.tramway.cli.script.ScriptTool;

    opens dev.tramway.cli.cert to
            info.picocli;
    opens dev.tramway.cli.cluster to
            info.picocli;
    opens dev.tramway.cli.connect to
            info.picocli;
    opens dev.tramway.cli.frames to
            info.picocli;
    opens dev.tramway.cli.script to
            info.picocli;
}
