package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Field;
import dev.tramway.frames.Frame;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Operand;
import dev.tramway.frames.internal.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes handles of fields. They are records, whose components the just-in-time compiler takes for constants when the handle
 * is one, so that reading a field becomes a few instructions.
 */
public final class Fields {
    private Fields() {}

    /** The field of a message at a path; empty if there is none. */
    public static Optional<Field> find(Plan plan, String message, String path) {
        List<Field> found = new ArrayList<>();
        for (Shape shape : plan.shapes(message)) {
            operand(shape, path).ifPresent(operand -> found.add(handle(shape, operand, message + '.' + path)));
        }
        return switch (found.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(found.get(0));
            default -> Optional.of(new AnyField(message + '.' + path, List.copyOf(found)));
        };
    }

    /** What the field of a message is; empty if there is none. */
    public static Optional<Kind> kind(Plan plan, String message, String path) {
        return plan.shapes(message).stream()
                .flatMap(shape -> operand(shape, path).stream())
                .map(Operand::kind)
                .findFirst();
    }

    private static Optional<Operand> operand(Shape shape, String path) {
        String[] steps = path.split("\\.", -1);
        for (List<Node> nodes :
                List.of(shape.body(), shape.variant().header(), shape.variant().trailer())) {
            for (Node node : nodes) {
                if (node.name().equals(steps[0])) {
                    return Nodes.inside(node, steps, 1);
                }
            }
        }
        return Optional.empty();
    }

    private static Field handle(Shape shape, Operand operand, String path) {
        if (shape.isFixed()
                && operand instanceof FieldNode field
                && field.type().bits() >= 0) {
            boolean fromStart = field.fromStart() >= 0;
            int place = fromStart ? field.fromStart() : field.fromEnd();
            Look look = field.look();
            double up = look.up();
            double down = look.down();
            return new PlacedField(
                    path,
                    shape,
                    field,
                    field.type(),
                    fromStart,
                    place,
                    field.type().bits(),
                    look.scales(),
                    up,
                    down,
                    look.offset());
        }
        return new FoundField(path, shape, operand);
    }

    /** A field that always lies at the same place. */
    private record PlacedField(
            String path,
            Shape shape,
            FieldNode node,
            Type type,
            boolean fromStart,
            int place,
            int bits,
            boolean scales,
            double up,
            double down,
            double offset)
            implements Field {
        private int start(Tape tape) {
            return fromStart ? tape.firstBit() + place : tape.lastBit() - place;
        }

        @Override
        public boolean isPresent(Frame frame) {
            return ((Tape) frame).shape() == shape;
        }

        @Override
        public long integer(Frame frame) {
            Tape tape = (Tape) frame;
            if (tape.shape() != shape) {
                return 0;
            }
            if (scales) {
                return (long) real(frame);
            }
            int start = start(tape);
            return type.integer(tape.bytes(), start, start + bits);
        }

        @Override
        public double real(Frame frame) {
            Tape tape = (Tape) frame;
            if (tape.shape() != shape) {
                return 0;
            }
            int start = start(tape);
            double raw = type.real(tape.bytes(), start, start + bits);
            return scales ? raw * up / down + offset : raw;
        }

        @Override
        public String text(Frame frame) {
            Tape tape = (Tape) frame;
            return tape.shape() == shape ? node.text(tape) : "";
        }
    }

    /** A field whose place must be looked for. */
    private record FoundField(String path, Shape shape, Operand operand) implements Field {
        @Override
        public boolean isPresent(Frame frame) {
            return walked(frame) && operand.present((Tape) frame);
        }

        private boolean walked(Frame frame) {
            Tape tape = (Tape) frame;
            if (tape.shape() != shape) {
                return false;
            }
            tape.walkAll();
            return true;
        }

        @Override
        public long integer(Frame frame) {
            return walked(frame) ? operand.integer((Tape) frame) : 0;
        }

        @Override
        public double real(Frame frame) {
            return walked(frame) ? operand.real((Tape) frame) : 0;
        }

        @Override
        public String text(Frame frame) {
            return walked(frame) ? operand.text((Tape) frame) : "";
        }
    }

    /** A field of a message that comes with several forms of header. */
    private record AnyField(String path, List<Field> fields) implements Field {
        private Field of(Frame frame) {
            for (Field field : fields) {
                if (field.isPresent(frame)) {
                    return field;
                }
            }
            return fields.get(0);
        }

        @Override
        public boolean isPresent(Frame frame) {
            return of(frame).isPresent(frame);
        }

        @Override
        public long integer(Frame frame) {
            return of(frame).integer(frame);
        }

        @Override
        public double real(Frame frame) {
            return of(frame).real(frame);
        }

        @Override
        public String text(Frame frame) {
            return of(frame).text(frame);
        }
    }
}
