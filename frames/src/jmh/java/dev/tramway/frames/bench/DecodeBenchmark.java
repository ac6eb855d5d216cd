package dev.tramway.frames.bench;

import com.igormaznitsa.jbbp.JBBPParser;
import com.igormaznitsa.jbbp.model.JBBPFieldArrayUByte;
import com.igormaznitsa.jbbp.model.JBBPFieldFloat;
import com.igormaznitsa.jbbp.model.JBBPFieldInt;
import com.igormaznitsa.jbbp.model.JBBPFieldStruct;
import com.igormaznitsa.jbbp.model.JBBPFieldUByte;
import dev.tramway.FrameReader;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Field;
import dev.tramway.frames.Frame;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.bench.kaitai.Measurement;
import io.kaitai.struct.ByteBufferKaitaiStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measurements of the founding protocol, 32 bytes each: every decoder reads seven fields of every frame (serial number,
 * sensor, channel, time, transaction, alert and value) and adds them up. The sums are compared before anything is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(3)
@OperationsPerInvocation(DecodeBenchmark.FRAMES)
public class DecodeBenchmark {
    static final int FRAMES = 1_000;

    private static final Protocol PLC = Protocol.builtin("aqua-plc");
    private static final Field SERIAL = PLC.field("measurement.sd");
    private static final Field SENSOR = PLC.field("measurement.sc");
    private static final Field CHANNEL = PLC.field("measurement.ch");
    private static final Field TIME = PLC.field("measurement.ts");
    private static final Field TRANSACTION = PLC.field("measurement.nut");
    private static final Field ALERT = PLC.field("measurement.alert");
    private static final Field VALUE = PLC.field("measurement.value");

    /** Decimal digits are not known to it: they are read as numbers and taken apart by hand, as its users do. */
    private static final JBBPParser JBBP = JBBPParser.prepare("ushort ml; ubyte pv; ubyte te; ubyte [3] integrity; int sd;"
            + "ubyte rf; ubyte sc; ubyte ch; ubyte cmd; ubyte rc; ubyte [7] ts; int nut; ubyte alert; floatj value;");

    private final Frame frame = PLC.newFrame(Direction.UP);
    private final HandWritten hand = new HandWritten();
    private final byte[][] single = new byte[FRAMES][];
    private ByteBuffer all = ByteBuffer.allocate(0);

    /** Makes the frames, and sees to it that all read the same. */
    @Setup
    public void makeFrames() throws IOException {
        Random random = new Random(4711);
        // As a session's read buffer is: direct and read-only.
        ByteBuffer bytes = ByteBuffer.allocateDirect(FRAMES * HandWritten.SIZE);
        for (int i = 0; i < FRAMES; i++) {
            single[i] = PLC.encode(PLC.message(
                    Direction.UP,
                    "measurement",
                    Map.of(
                            "sd", String.format("%08d", random.nextInt(100_000_000)),
                            "sc", random.nextInt(100),
                            "ch", random.nextInt(100),
                            "ts", Instant.ofEpochSecond(1_600_000_000L + random.nextInt(100_000_000)),
                            "nut", random.nextInt(100_000_000),
                            "alert", random.nextInt(16),
                            "value", random.nextInt(4_000) / 4f)));
            bytes.put(single[i]);
        }
        all = bytes.flip().asReadOnlyBuffer();
        long expected = handWritten();
        List<Long> others = List.of(fields(), stream(), messages(), jbbp(), kaitai());
        if (expected == 0 || others.stream().anyMatch(sum -> sum != expected)) {
            throw new IllegalStateException(others + " (expected: " + expected + " each)");
        }
    }

    private static long sum(long serial, long sensor, long channel, long time, long number, long alert, double value) {
        return serial + sensor + channel + time + number + alert + (long) (4 * value);
    }

    /** Fields read in place. */
    @Benchmark
    public long fields() {
        ByteBuffer bytes = all.duplicate();
        long sum = 0;
        for (int at = 0; at < FRAMES * HandWritten.SIZE; at += HandWritten.SIZE) {
            sum += inPlace(bytes, at, at + HandWritten.SIZE);
        }
        return sum;
    }

    /** Compiled by itself, as a handler of messages is: whether it is inlined into the loop would otherwise be chance. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private long inPlace(ByteBuffer bytes, int from, int to) {
        Frame here = frame;
        if (!here.read(bytes, from, to)) {
            throw new IllegalStateException(here.problem().orElse(""));
        }
        return sum(
                SERIAL.integer(here),
                SENSOR.integer(here),
                CHANNEL.integer(here),
                TIME.integer(here),
                TRANSACTION.integer(here),
                ALERT.integer(here),
                VALUE.real(here));
    }

    /** The same, with the frames cut out of the stream first. */
    @Benchmark
    public long stream() {
        ByteBuffer bytes = all.duplicate();
        FrameReader reader = PLC.framing().newReader();
        FrameReader.Cut cut = new FrameReader.Cut();
        long sum = 0;
        while (bytes.hasRemaining() && reader.find(bytes, cut)) {
            sum += inPlace(bytes, cut.start(), cut.end());
            bytes.position(cut.next());
        }
        return sum;
    }

    /** A message with all its values for every frame. */
    @Benchmark
    public long messages() {
        long sum = 0;
        for (byte[] each : single) {
            Message message = PLC.decode(Direction.UP, each);
            sum += sum(
                    Long.parseLong(message.text("sd")),
                    message.integer("sc"),
                    message.integer("ch"),
                    ((Instant) message.get("ts").orElseThrow()).toEpochMilli(),
                    message.integer("nut"),
                    message.integer("alert"),
                    message.real("value"));
        }
        return sum;
    }

    /** By hand. */
    @Benchmark
    public long handWritten() {
        ByteBuffer bytes = all.duplicate();
        long sum = 0;
        for (int at = 0; at < FRAMES * HandWritten.SIZE; at += HandWritten.SIZE) {
            sum += byHand(bytes, at, at + HandWritten.SIZE);
        }
        return sum;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private long byHand(ByteBuffer bytes, int from, int to) {
        HandWritten here = hand;
        if (!here.read(bytes, from, to)) {
            throw new IllegalStateException("malformed");
        }
        return sum(here.serial, here.sensor, here.channel, here.millis, here.transaction, here.alert, here.value);
    }

    /** Java Binary Block Parser, which interprets its definition at run time. */
    @Benchmark
    public long jbbp() throws IOException {
        long sum = 0;
        for (byte[] each : single) {
            JBBPFieldStruct parsed = JBBP.parse(each);
            byte[] time = parsed.findFieldForNameAndType("ts", JBBPFieldArrayUByte.class).getArray();
            sum += sum(
                    digits(parsed.findFieldForNameAndType("sd", JBBPFieldInt.class).getAsInt() & 0xffff_ffffL),
                    digits(parsed.findFieldForNameAndType("sc", JBBPFieldUByte.class).getAsInt()),
                    digits(parsed.findFieldForNameAndType("ch", JBBPFieldUByte.class).getAsInt()),
                    millis(time),
                    digits(parsed.findFieldForNameAndType("nut", JBBPFieldInt.class).getAsInt() & 0xffff_ffffL),
                    parsed.findFieldForNameAndType("alert", JBBPFieldUByte.class).getAsInt(),
                    parsed.findFieldForNameAndType("value", JBBPFieldFloat.class).getAsFloat());
        }
        return sum;
    }

    /** Kaitai Struct's generated class; decimal digits likewise. */
    @Benchmark
    public long kaitai() {
        long sum = 0;
        for (byte[] each : single) {
            Measurement parsed = new Measurement(new ByteBufferKaitaiStream(each));
            Measurement.Stamp time = parsed.ts();
            Measurement.Report report = (Measurement.Report) parsed.body();
            sum += sum(
                    digits(parsed.sd()),
                    digits(parsed.sc()),
                    digits(parsed.ch()),
                    HandWritten.millis(
                            (int) digits(time.year()),
                            (int) digits(time.month()),
                            (int) digits(time.day()),
                            (int) digits(time.hour()),
                            (int) digits(time.minute()),
                            (int) digits(time.second())),
                    digits(parsed.nut()),
                    report.alert(),
                    report.value());
        }
        return sum;
    }

    private static long digits(long raw) {
        return HandWritten.decimal(raw);
    }

    private static long millis(byte[] time) {
        return HandWritten.millis(
                (int) digits((time[0] & 0xffL) << 8 | (time[1] & 0xff)),
                (int) digits(time[2] & 0xff),
                (int) digits(time[3] & 0xff),
                (int) digits(time[4] & 0xff),
                (int) digits(time[5] & 0xff),
                (int) digits(time[6] & 0xff));
    }
}
