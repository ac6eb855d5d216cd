package dev.tramway.frames.internal.load;

import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import dev.tramway.frames.DefinitionProblem;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Named;
import dev.tramway.frames.Reading;
import dev.tramway.frames.TestResult;
import dev.tramway.frames.internal.codec.MessageValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the tests of a definition: cuts, decodes, compares and encodes again. */
public final class VectorRunner {
    private static final double TOLERANCE = 1e-9;

    private final Engine engine;

    /** Runs tests on an engine. */
    public VectorRunner(Engine engine) {
        this.engine = engine;
    }

    /** Runs all tests. */
    public List<TestResult> run() {
        return engine.definition().vectors().stream().map(this::run).toList();
    }

    /** What the tests that fail have found. */
    public List<DefinitionProblem> failures() {
        List<DefinitionProblem> problems = new ArrayList<>();
        for (Definition.Vector vector : engine.definition().vectors()) {
            run(vector)
                    .failure()
                    .ifPresent(failure -> problems.add(new DefinitionProblem(
                            vector.at().file(),
                            vector.at().line(),
                            vector.at().column(),
                            vector.name() + ": " + failure,
                            "a test that passes",
                            "correct the test, or the fields that it is about")));
        }
        return problems;
    }

    /** The sound messages that go one way. */
    public List<Message> samples(Direction direction) {
        return engine.definition().vectors().stream()
                .filter(vector -> vector.error().isEmpty() && vector.down() == (direction == Direction.DOWN))
                .flatMap(vector -> cut(vector.bytes(), direction).stream())
                .map(frame -> engine.decode(direction, ByteBuffer.wrap(frame)))
                .filter(message -> message.problem().isEmpty())
                .toList();
    }

    private TestResult run(Definition.Vector vector) {
        String place = vector.at().file() + ":" + vector.at().line();
        try {
            return new TestResult(vector.name(), place, check(vector));
        } catch (FramingException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean expected = vector.error().filter(message::contains).isPresent();
            return new TestResult(vector.name(), place, expected ? Optional.empty() : Optional.of(message));
        }
    }

    /** What is wrong; empty if nothing is. */
    private Optional<String> check(Definition.Vector vector) {
        Direction direction = vector.down() ? Direction.DOWN : Direction.UP;
        if (vector.error().isPresent()) {
            return checkError(vector, direction, vector.error().get());
        }
        List<byte[]> frames = cut(vector.bytes(), direction);
        if (frames.size() != vector.expected().size()) {
            return Optional.of(
                    frames.size() + " frames (expected: " + vector.expected().size() + ")" + why(vector, direction));
        }
        StringBuilder wrong = new StringBuilder();
        for (int i = 0; i < frames.size(); i++) {
            compare(frames.get(i), direction, vector.expected().get(i), vector, wrong);
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong.toString().strip());
    }

    private String why(Definition.Vector vector, Direction direction) {
        return engine.decode(direction, ByteBuffer.wrap(vector.bytes()))
                .problem()
                .map(problem -> ": " + problem)
                .orElse("");
    }

    private Optional<String> checkError(Definition.Vector vector, Direction direction, String part) {
        if (!cut(vector.bytes(), direction).isEmpty()) {
            Message message = engine.decode(direction, ByteBuffer.wrap(vector.bytes()));
            if (message.problem().isEmpty()) {
                return Optional.of("taken as " + message + " (expected: an error: " + part + ")");
            }
        }
        String problem = engine.decode(direction, ByteBuffer.wrap(vector.bytes()))
                .problem()
                .orElse("");
        return problem.contains(part) ? Optional.empty() : Optional.of("'" + problem + "' (expected: " + part + ")");
    }

    private List<byte[]> cut(byte[] wire, Direction direction) {
        FrameReader reader = engine.newReader(direction);
        FrameReader.Cut cut = new FrameReader.Cut();
        ByteBuffer bytes = ByteBuffer.wrap(wire).asReadOnlyBuffer();
        List<byte[]> frames = new ArrayList<>();
        while (bytes.hasRemaining() && reader.find(bytes, cut)) {
            if (!cut.isSkipped()) {
                byte[] frame = new byte[cut.end() - cut.start()];
                bytes.get(cut.start(), frame);
                frames.add(frame);
            }
            bytes.position(cut.next());
        }
        return frames;
    }

    private void compare(
            byte[] wire,
            Direction direction,
            Definition.Expected expected,
            Definition.Vector vector,
            StringBuilder wrong) {
        Message message = engine.decode(direction, ByteBuffer.wrap(wire));
        message.problem().ifPresent(problem -> {
            if (!message.isUnknown() || !expected.message().isEmpty()) {
                wrong.append(problem).append('\n');
            }
        });
        if (!expected.message().isEmpty() && !message.name().equals(expected.message())) {
            wrong.append("message ")
                    .append(message.name())
                    .append(" (expected: ")
                    .append(expected.message())
                    .append(")\n");
        }
        expected.values().forEach((path, value) -> {
            Object actual = message.get(path).orElse(null);
            if (!matches(actual, value)) {
                wrong.append(path)
                        .append(" = ")
                        .append(actual)
                        .append(" (expected: ")
                        .append(value)
                        .append(")\n");
            }
        });
        compareReadings(message, expected, wrong);
        if (vector.roundtrip() && wrong.isEmpty()) {
            encode(message, wire, expected, vector, wrong);
        }
    }

    private static void compareReadings(Message message, Definition.Expected expected, StringBuilder wrong) {
        if (expected.readings().isEmpty()) {
            return;
        }
        List<Reading> readings = message.readings();
        expected.readings().forEach((name, value) -> {
            boolean there = readings.stream()
                    .anyMatch(reading -> reading.name().equals(name) && matches(reading.value(), value));
            if (!there) {
                wrong.append("no reading ")
                        .append(name)
                        .append(" = ")
                        .append(value)
                        .append(" in ")
                        .append(readings)
                        .append('\n');
            }
        });
    }

    private void encode(
            Message message, byte[] wire, Definition.Expected expected, Definition.Vector vector, StringBuilder wrong) {
        if (!(message instanceof MessageValue value) || message.isUnknown()) {
            return;
        }
        Message again = vector.build()
                ? MessageValue.of(engine.plan(), message.direction(), message.name(), expected.values())
                : value.fresh();
        byte[] encoded = engine.encode(again);
        HexFormat hex = HexFormat.of();
        if (!hex.formatHex(encoded).equals(hex.formatHex(wire))) {
            wrong.append("encoded again: ")
                    .append(hex.formatHex(encoded))
                    .append(" (expected: ")
                    .append(hex.formatHex(wire))
                    .append(")\n");
        }
    }

    /** True if a value is what a test says; of maps the test may leave out some. */
    static boolean matches(@Nullable Object actual, Object expected) {
        return switch (expected) {
            case Map<?, ?> map ->
                map.entrySet().stream().allMatch(entry -> matches(inside(actual, entry.getKey()), entry.getValue()));
            case List<?> list -> actual instanceof List<?> items && items.size() == list.size() && all(items, list);
            case Number number -> actual != null && isNear(actual, number.doubleValue());
            case Boolean truth -> truth.equals(actual);
            default -> expected.equals("absent") ? actual == null : expected.equals(String.valueOf(actual));
        };
    }

    private static boolean all(List<?> items, List<?> expected) {
        for (int i = 0; i < items.size(); i++) {
            if (!matches(items.get(i), expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object inside(@Nullable Object actual, Object key) {
        return switch (actual) {
            case null -> null;
            case Message message -> message.get(String.valueOf(key)).orElse(null);
            case Map<?, ?> map -> map.get(key);
            default -> null;
        };
    }

    private static boolean isNear(Object actual, double expected) {
        double value = switch (actual) {
            case Named named -> named.number();
            case Number number -> number.doubleValue();
            default -> Double.NaN;
        };
        return Math.abs(value - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
    }
}
