package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.type.BitType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a frame with every field: where it lies, its bytes or bits, what it is raw and what it means. */
public final class Explainer {
    private static final int SHOWN_BYTES = 16;
    private static final int MAX_LINES = 10_000;

    private final StringBuilder text = new StringBuilder();
    private final boolean colours;
    private int lines;

    private Explainer(boolean colours) {
        this.colours = colours;
    }

    /** Explains the frame on a tape. */
    public static String explain(Tape tape, boolean colours) {
        Explainer explainer = new Explainer(colours);
        tape.walkAll();
        explainer.frame(tape);
        return explainer.text.toString();
    }

    private void frame(Tape tape) {
        String name = tape.name().isEmpty() ? "(unknown message)" : tape.name();
        text.append(coloured("1", name)).append(", ").append(tape.frameSize()).append(" bytes\n");
        List<Integer> outermost = new ArrayList<>();
        for (int entry = 0; entry < tape.entries(); entry = tape.next(entry)) {
            outermost.add(entry);
        }
        // The trailer was walked before the body.
        outermost.sort(Comparator.comparingInt(tape::start));
        for (int entry : outermost) {
            entry(tape, entry, 0);
        }
        tape.problem()
                .ifPresent(
                        problem -> text.append(coloured("31", "! " + problem)).append('\n'));
    }

    private void entries(Tape tape, int from, int to, int depth) {
        for (int entry = from; entry < to; entry = tape.next(entry)) {
            entry(tape, entry, depth);
        }
    }

    private void entry(Tape tape, int entry, int depth) {
        Node node = tape.node(entry);
        if (++lines > MAX_LINES) {
            return;
        }
        String value = node instanceof FieldNode || node instanceof ValueNode ? shown(tape, entry, node) : "";
        String name = "  ".repeat(depth) + (node.name().isEmpty() ? "-" : node.name());
        String line = String.format(
                Locale.ROOT, "%8s  %-49s %s", place(tape, entry, node), bytes(tape, entry, node), coloured("36", name));
        text.append((line + (value.isEmpty() ? "" : " = " + coloured("32", value)) + raw(tape, entry, node))
                        .stripTrailing())
                .append('\n');
        if (node instanceof NestedNode nested) {
            Tape inner = nested.walked(tape, entry);
            text.append("  ".repeat(depth + 1));
            frame(inner);
        } else {
            entries(tape, entry + 1, tape.next(entry), depth + 1);
        }
    }

    private static String place(Tape tape, int entry, Node node) {
        int start = tape.start(entry) - tape.firstBit();
        int end = tape.end(entry) - tape.firstBit();
        if (node instanceof FieldNode field && field.type() instanceof BitType bits) {
            return start / 8 + bitRange(bits.shift(), bits.width(), bits.word(), start);
        }
        return start / 8 + (start % 8 == 0 && end % 8 == 0 ? "" : ":" + (7 - start % 8) + "-" + (7 - (end + 7) % 8));
    }

    private static String bitRange(int shift, int width, int word, int start) {
        int top = word == 1 ? 7 - start % 8 : shift + width - 1;
        return ":" + top + (width > 1 ? "-" + (top - width + 1) : "");
    }

    private static String bytes(Tape tape, int entry, Node node) {
        if ((node instanceof GroupNode group && !group.isWord())
                || node instanceof ListNode
                || node instanceof NestedNode) {
            return "";
        }
        int from = tape.start(entry) / 8;
        int to = (tape.end(entry) + 7) / 8;
        if (tape.end(entry) == tape.start(entry)) {
            return "";
        }
        byte[] shown = new byte[Math.min(SHOWN_BYTES, to - from)];
        tape.bytes().get(from, shown);
        return HexFormat.ofDelimiter(" ").formatHex(shown) + (to - from > SHOWN_BYTES ? " .." : "");
    }

    private static String shown(Tape tape, int entry, Node node) {
        if (tape.trouble().isPresent() && tape.end(entry) == tape.start(entry) && node instanceof FieldNode) {
            return "";
        }
        @Nullable Object value = node.value(tape, entry);
        String unit = node instanceof FieldNode field ? field.look().unit() : ((ValueNode) node).unit();
        if (value == null) {
            return "(none)";
        }
        String text = value instanceof String words ? '"' + printable(words) + '"' : String.valueOf(value);
        return unit.isEmpty() ? text : text + ' ' + unit;
    }

    private static String printable(String words) {
        StringBuilder clean = new StringBuilder();
        words.codePoints()
                .limit(200)
                .forEach(c -> clean.append(Character.isISOControl(c) ? "." : Character.toString(c)));
        return clean.toString();
    }

    /** The raw value, where what is shown differs from it. */
    private static String raw(Tape tape, int entry, Node node) {
        if (!(node instanceof FieldNode field)
                || tape.end(entry) == tape.start(entry)
                || (!field.look().scales()
                        && field.look().names().isEmpty()
                        && field.look().flags().isEmpty())) {
            return "";
        }
        return "  (raw " + field.type().value(tape.bytes(), tape.start(entry), tape.end(entry)) + ')';
    }

    private String coloured(String code, String words) {
        return colours ? "\u001b[" + code + 'm' + words + "\u001b[0m" : words;
    }
}
