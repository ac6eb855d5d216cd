/** Programs that measure Tramway beside its peers. */
@SuppressWarnings("requires-automatic") // nobody requires this module
module dev.tramway.bench {
    requires dev.tramway;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    // Allocation per thread and CPU time of the process.
    requires jdk.management;
    requires HdrHistogram;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.bench to
            info.picocli;
    opens dev.tramway.bench.peer to
            info.picocli;
    opens dev.tramway.bench.program to
            info.picocli;

    provides java.util.spi.ToolProvider with
            dev.tramway.bench.BenchTool;
}
