package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.cut.Cutter;
import dev.tramway.frames.internal.cut.FramingPlan;
import dev.tramway.frames.internal.cut.Marker;
import dev.tramway.frames.internal.cut.Wrapping;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.ExprParser;
import dev.tramway.frames.internal.type.Type;
import dev.tramway.frames.internal.yaml.Numbers;
import dev.tramway.frames.internal.yaml.Problems;
import dev.tramway.frames.internal.yaml.Section;
import dev.tramway.frames.internal.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles how frames are cut out of a stream. */
final class FramingLoader {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final int NOISE_FRAMES = 64;

    private final Problems problems;
    private final Defaults defaults;
    private final int frame;
    private final boolean checks;
    private boolean marked;
    private int shared;
    private long idleNanos;
    private @Nullable Wrapping wrapping;
    private int wireLimit;

    /**
     * A loader.
     *
     * @param frame most bytes of a frame
     * @param checks true if the definition has checks, by which a false start is noticed
     */
    FramingLoader(Problems problems, Defaults defaults, int frame, boolean checks) {
        this.problems = problems;
        this.defaults = defaults;
        this.frame = frame;
        this.checks = checks;
        wireLimit = frame;
    }

    FramingPlan load(Yaml source) {
        Section section = Section.of(source, "how frames are cut");
        Optional<Boolean> resync = section.scalar("on-error")
                .map(word -> Section.oneOf(
                        word,
                        text -> text.equals("resync") || text.equals("close")
                                ? Optional.of(text.equals("resync"))
                                : Optional.empty(),
                        "resync or close"));
        Cutter cutter = cutter(section, source);
        section.finish(problems);
        boolean again = resync.orElse(marked || checks);
        if (again && !marked && !checks) {
            throw source.at()
                    .flaw(
                            "resync without a marker or a check",
                            "a start marker, an end marker or a check field",
                            "write 'on-error: close', or add what tells a frame from noise");
        }
        int noise = Math.max(1 << 16, NOISE_FRAMES * wireLimit);
        return new FramingPlan(cutter, wrapping, again, shared, idleNanos, wireLimit, noise);
    }

    private Cutter cutter(Section section, Yaml source) {
        if (section.has("one-of")) {
            return oneOf(section, source);
        }
        if (section.has("preset")) {
            return preset(section);
        }
        if (section.has("idle-gap")) {
            idleNanos = section.scalar("idle-gap").map(FramingLoader::nanos).orElse(0L);
            return new Cutter.Whole();
        }
        if (section.has("datagram")) {
            section.text("datagram");
            return new Cutter.Whole();
        }
        return measured(section, source);
    }

    private Cutter oneOf(Section section, Yaml source) {
        List<Cutter> kinds = new ArrayList<>();
        List<Wrapping.Kind> wrapped = new ArrayList<>();
        for (Yaml kind : Section.list(section.need("one-of", ""), "kinds of frames")) {
            Section inner = Section.of(kind, "a kind of frame");
            wrapping = null;
            Cutter cutter = cutter(inner, kind);
            kinds.add(cutter);
            wrapped.add(new Wrapping.Kind(cutter, wrapping));
            inner.finish(problems);
        }
        if (kinds.isEmpty()) {
            throw source.at().flaw("no kind of frame", "at least one", "list them");
        }
        boolean bare = wrapped.stream().allMatch(kind -> kind.wrapping() == null);
        wrapping = bare ? null : new Wrapping.Mixed(List.copyOf(wrapped));
        return new Cutter.OneOf(List.copyOf(kinds));
    }

    private Cutter measured(Section section, Yaml source) {
        Marker start = section.scalar("start").map(this::marker).orElse(Marker.NONE);
        List<Marker> ends = new ArrayList<>();
        section.get("end").ifPresent(one -> {
            for (Yaml marker : one instanceof Yaml.Sequence list ? list.items() : List.of(one)) {
                ends.add(marker(Section.scalar(marker, "an end marker")));
            }
        });
        Marker end = ends.isEmpty() ? Marker.NONE : ends.get(0);
        if (section.truth("shared-marker")) {
            shared = end.size();
        }
        Optional<Yaml> length = section.get("length");
        if (length.isPresent()) {
            return length(Section.of(length.get(), "where the length stands"), start, end);
        }
        if (section.has("fixed")) {
            return new Cutter.Fixed(start, section.integer("fixed", 1, frame, 1), end);
        }
        if (section.has("size")) {
            Section size = Section.of(section.need("size", ""), "header and is");
            int header = size.integer("header", 1, frame, 1);
            Expr is = ExprParser.integer(
                    Section.scalar(size.need("is", "give an expression"), "is"), path -> Optional.empty());
            size.finish(problems);
            return new Cutter.Computed(start, header, is, frame, end);
        }
        if (end.size() == 0) {
            throw source.at()
                    .flaw(
                            "no way to find the end of a frame",
                            "length, fixed, size, end, preset, one-of, idle-gap or datagram",
                            "say how long a frame is or what it ends with");
        }
        return marked(section, start, ends);
    }

    private Cutter marked(Section section, Marker start, List<Marker> ends) {
        section.get("escape").ifPresent(table -> {
            wrapping = new Wrapping.Stuffed(
                    section.scalar("start").map(Numbers::bytes).orElse(new byte[0]),
                    section.get("end")
                            .map(one -> Numbers.bytes(Section.scalar(one, "an end marker")))
                            .orElse(new byte[0]),
                    escapes(table),
                    true);
            wireLimit = 2 * frame;
        });
        return new Cutter.Marked(start, List.copyOf(ends), section.integer("tail", 0, 64, 0), wireLimit);
    }

    private static List<Wrapping.Escape> escapes(Yaml table) {
        List<Wrapping.Escape> escapes = new ArrayList<>();
        for (Yaml.Entry entry : Section.of(table, "escaped bytes: plain bytes").entries()) {
            escapes.add(new Wrapping.Escape(
                    Numbers.bytes(entry.key()), Numbers.bytes(Section.scalar(entry.value(), "plain bytes"))));
        }
        escapes.sort(Comparator.comparingInt((Wrapping.Escape escape) -> escape.plain().length)
                .reversed());
        return List.copyOf(escapes);
    }

    private Cutter length(Section section, Marker start, Marker end) {
        int at = section.integer("at", 0, frame - 1, 0);
        Yaml.Scalar text = Section.scalar(section.need("type", "write for example type: u16"), "a type");
        Type type = TypeParser.parse(text, defaults, defaults.zone(), 0, false);
        if (type.bits() <= 0 || type.bits() % 8 != 0 || type.kind() != dev.tramway.frames.internal.expr.Kind.INT) {
            throw text.at()
                    .flaw("type " + text.kind(), "a whole number of whole bytes", "use u8, u16, bcd(4), ascii-hex(4)");
        }
        long mask = section.scalar("mask")
                .map(value -> Numbers.integer(value, "mask", 1, Long.MAX_VALUE))
                .orElse(-1L);
        int adds = section.integer("adds", -frame, frame, 0);
        int least = section.integer("min", 0, frame, 0);
        int most = section.integer("max", 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        section.finish(problems);
        return new Cutter.Length(start, at, type, mask, adds, least, most, frame, end);
    }

    private Marker marker(Yaml.Scalar text) {
        marked = true;
        String digits = text.text().replace(" ", "");
        if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("([0-9a-fA-F]{2}|\\.\\.)+")) {
            throw text.at().flaw(text.kind(), "bytes as hex digits, .. for any byte", "write for example \"7878..69\"");
        }
        byte[] bytes = new byte[digits.length() / 2];
        boolean[] any = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            String pair = digits.substring(2 * i, 2 * i + 2);
            any[i] = pair.equals("..");
            bytes[i] = any[i] ? 0 : (byte) Integer.parseInt(pair, 16);
        }
        return new Marker(bytes, any);
    }

    private static long nanos(Yaml.Scalar text) {
        Matcher time = TIME.matcher(text.text());
        if (!time.matches() || time.group(1).matches("0+")) {
            throw text.at().flaw(text.kind(), "a time", "write for example 50ms or 2s");
        }
        return Long.parseLong(time.group(1)) * (time.group(2).equals("s") ? 1_000_000_000L : 1_000_000L);
    }

    private Cutter preset(Section section) {
        Yaml.Scalar name = section.scalar("preset").orElseThrow();
        marked = true;
        wireLimit = 2 * frame + 8;
        return switch (name.text()) {
            case "slip" ->
                stuffed(new byte[0], bytes(0xc0), bytes(0xdb, 0xdc), bytes(0xc0), bytes(0xdb, 0xdd), bytes(0xdb));
            case "hdlc" -> {
                shared = 1;
                yield stuffed(bytes(0x7e), bytes(0x7e), bytes(0x7d, 0x5e), bytes(0x7e), bytes(0x7d, 0x5d), bytes(0x7d));
            }
            case "cobs" -> wrapped(new Wrapping.Cobs(), ended(0));
            case "lines" -> wrapped(new Wrapping.Lines(), ended('\n'));
            case "null" -> wrapped(new Wrapping.Stuffed(new byte[0], bytes(0), List.of(), false), ended(0));
            case "hex-line" ->
                wrapped(
                        new Wrapping.HexLine(),
                        new Cutter.Marked(exactly(':'), List.of(exactly('\r', '\n')), 0, wireLimit));
            case "dle-stx-etx" -> {
                int tail = section.integer("tail", 0, 64, 0);
                yield wrapped(new Wrapping.DoubledDle(tail), new Cutter.DoubledDle(tail, wireLimit));
            }
            default ->
                throw name.at()
                        .flaw(
                                "preset " + name.kind(),
                                "slip, hdlc, cobs, dle-stx-etx, hex-line, lines or null",
                                "use one");
        };
    }

    private Cutter ended(int last) {
        return new Cutter.Marked(Marker.NONE, List.of(exactly(last)), 0, wireLimit);
    }

    private static Marker exactly(int... values) {
        return new Marker(bytes(values), new boolean[values.length]);
    }

    private Cutter stuffed(byte[] start, byte[] end, byte[]... pairs) {
        List<Wrapping.Escape> escapes = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            escapes.add(new Wrapping.Escape(pairs[i], pairs[i + 1]));
        }
        Marker first = start.length == 0 ? Marker.NONE : new Marker(start, new boolean[start.length]);
        return wrapped(
                new Wrapping.Stuffed(start, end, List.copyOf(escapes), false),
                new Cutter.Marked(first, List.of(new Marker(end, new boolean[end.length])), 0, wireLimit));
    }

    private Cutter wrapped(Wrapping around, Cutter cutter) {
        wrapping = around;
        return cutter;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Bytes of a text, for tests that are written as one. */
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
