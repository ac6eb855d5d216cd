package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * Text that a loop makes longer and longer: С = С + …. Copying it each time would cost the square of its length, so a local variable
 * that is used like that may hold a builder instead. Only the nodes below ever see one: whatever else reads the variable gets a string.
 */
public final class Growing {
    /** Shorter texts are copied faster than a builder is made. */
    private static final int WORTHWHILE = 256;

    private Growing() {}

    private static final class Text {
        private final StringBuilder builder;
        private @Nullable String known;

        Text(String start) {
            builder = new StringBuilder(start.length() * 2).append(start);
        }

        int length() {
            return builder.length();
        }

        void append(String[] texts) {
            known = null;
            for (String text : texts) {
                builder.append(text);
            }
        }

        String string() {
            String text = known;
            if (text == null) {
                text = builder.toString();
                known = text;
            }
            return text;
        }
    }

    private static Object plain(Object content) {
        return content instanceof Text text ? text.string() : content;
    }

    /** A local variable that may hold growing text. */
    public static final class Local extends VariableNode {
        private final int slot;

        public Local(int slot) {
            this.slot = slot;
        }

        @Override
        public Object eval(Frame frame) {
            return plain(frame.get(slot));
        }

        @Override
        public void assign(Frame frame, Object value) {
            frame.set(slot, value);
        }

        @Override
        public Reference reference(Frame frame) {
            frame.set(slot, eval(frame));
            return new References.OfLocal(frame, slot);
        }
    }

    /** The statement С = С + А + Б…. */
    public static final class Append extends StatementNode {
        private final int slot;
        private final ExprNode[] operands;
        private final StatementNode assignment;

        /** The assignment does the same in the ordinary way, for values that are not long texts. */
        public Append(Pos at, Local target, ExprNode[] operands, StatementNode assignment) {
            super(at);
            this.slot = target.slot;
            this.operands = operands;
            this.assignment = assignment;
        }

        @Override
        public int execute(Frame frame) {
            Object before = frame.get(slot);
            if (before instanceof String text && text.length() >= WORTHWHILE) {
                before = new Text(text);
                frame.set(slot, before);
            }
            return before instanceof Text text ? append(frame, text) : assignment.execute(frame);
        }

        /** The operands come first, since they may fail, or change the variable: then what it was before counts. */
        private int append(Frame frame, Text text) {
            int length = text.length();
            String[] texts = new String[operands.length];
            long added = 0;
            for (int i = 0; i < texts.length; i++) {
                texts[i] = Values.toText(ExprNode.value(operands[i], frame));
                added += texts[i].length();
            }
            frame.execution.grow(2 * Character.BYTES * added);
            if (frame.get(slot) == text && text.length() == length) {
                text.append(texts);
            } else {
                frame.set(slot, text.string().substring(0, length) + String.join("", texts));
            }
            return NEXT;
        }
    }
}
