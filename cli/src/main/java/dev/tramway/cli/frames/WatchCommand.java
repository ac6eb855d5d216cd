package dev.tramway.cli.frames;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.frames.DefinitionException;
import dev.tramway.frames.Direction;
import dev.tramway.frames.LiveProtocol;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frames watch}. */
@Command(
        name = "watch",
        description = "Listens for devices and shows every frame; reads the definition again when its file changes.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 500;

    @Parameters(paramLabel = "FILE", description = "Definition.")
    private String file = "";

    @Option(names = "--address", paramLabel = "HOST", description = "Address to listen on; default 127.0.0.1.")
    private String address = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; default 0, one that is free.")
    private int port;

    @Option(names = "--frames", paramLabel = "COUNT", description = "Stop after so many frames; default 0, never.")
    private int frames;

    @Option(names = "--colour", paramLabel = "WHEN", description = "auto, always or never; default auto.")
    private String colour = "auto";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        LiveProtocol live = new LiveProtocol(Definitions.open(file));
        boolean colours = Definitions.colours(colour);
        CountDownLatch left = new CountDownLatch(frames == 0 ? Integer.MAX_VALUE : frames);
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address(address)
                        .port(port)
                        .framing(live.framing())
                        .onConnect(session -> say(out, session.remoteAddress() + " connected"))
                        .onMessage((session, bytes) -> {
                            show(live, session, bytes, colours, out);
                            left.countDown();
                        })
                        .onDisconnect((session, reason) -> say(out, session.remoteAddress() + " left: " + reason))
                        .start()) {
            say(
                    out,
                    "Listening on " + address + ":" + server.port() + " for "
                            + live.current().name());
            follow(live, left, out);
        }
        return 0;
    }

    private static void show(LiveProtocol live, Session session, ByteBuffer bytes, boolean colours, PrintWriter out) {
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        say(
                out,
                session.remoteAddress() + " "
                        + live.current().explain(Direction.UP, frame, colours).stripTrailing());
    }

    /** Looks at the file now and then, until enough frames have come. */
    private void follow(LiveProtocol live, CountDownLatch left, PrintWriter out) throws InterruptedException {
        Path path = Path.of(file);
        boolean isFile = Files.exists(path);
        FileTime before = isFile ? changed(path) : FileTime.fromMillis(0);
        while (!left.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            FileTime now = isFile && Files.exists(path) ? changed(path) : before;
            if (!now.equals(before)) {
                before = now;
                reload(live, path, out);
            }
        }
    }

    private static void reload(LiveProtocol live, Path path, PrintWriter out) {
        try {
            live.reload(path);
            say(out, "Definition read again");
        } catch (DefinitionException e) {
            say(out, "The old definition stays in use: " + e.getMessage());
        }
    }

    private static FileTime changed(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
