package dev.tramway.bench.micro;

import dev.tramway.FrameReader;
import dev.tramway.Framing;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Cutting and making frames of 32 bytes, without any socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramingBenchmark {
    private static final int FRAMES = 1_000;
    private static final int SIZE = 32;

    /** Which framing. */
    @Param({"lengthPrefixed", "varintPrefixed", "lines", "fixedSize"})
    public String framing = "";

    private final ByteBuffer message = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer stream = ByteBuffer.allocateDirect(FRAMES * (SIZE + 8));
    private final FrameReader.Cut cut = new FrameReader.Cut();
    private Framing chosen = Framing.raw();

    /** Fills the stream. */
    @Setup
    public void fill() {
        chosen = switch (framing) {
            case "lengthPrefixed" -> Framing.lengthPrefixed(4, 1 << 16);
            case "varintPrefixed" -> Framing.varintPrefixed(1 << 16);
            case "lines" -> Framing.lines();
            default -> Framing.fixedSize(SIZE);
        };
        while (message.hasRemaining()) {
            message.put((byte) 'a');
        }
        message.flip();
        write();
        stream.flip();
    }

    /** Finds all frames of a buffer; the cost of one. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int read() {
        var reader = chosen.newReader();
        int bytes = 0;
        stream.rewind();
        while (reader.find(stream, cut)) {
            bytes += cut.end() - cut.start();
            stream.position(cut.next());
        }
        return bytes;
    }

    /** Writes as many into a buffer; the cost of one. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ByteBuffer write() {
        var writer = chosen.newWriter();
        stream.clear();
        for (int i = 0; i < FRAMES; i++) {
            writer.write(message, stream);
        }
        return stream;
    }
}
