/** Programs that measure Tramway beside its peers. */
@SuppressWarnings("requires-automatic") // nobody requires this module
module dev.tramway.bench {
    requires dev.tramway;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.vertx.core;
    requires aio.core;
    requires tools.jackson.databind;
    requires xchart;
    requires me.tongfei.progressbar;
    // Allocation per thread and CPU time of the process.
    requires jdk.management;
    requires jmh.core;
    requires HdrHistogram;
    requires static org.jspecify;

    // The command line is read into annotated fields.
    opens dev.tramway.bench to
            info.picocli;
    opens dev.tramway.bench.peer to
            info.picocli,
            tools.jackson.databind;
    opens dev.tramway.bench.program to
            info.picocli;
    // Records are written and read as JSON.
    opens dev.tramway.bench.process to
            tools.jackson.databind;
    opens dev.tramway.bench.report to
            tools.jackson.databind;
    opens dev.tramway.bench.scenario to
            tools.jackson.databind;

    provides java.util.spi.ToolProvider with
            dev.tramway.bench.BenchTool;
}
