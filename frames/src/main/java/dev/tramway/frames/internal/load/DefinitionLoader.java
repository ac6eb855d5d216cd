package dev.tramway.frames.internal.load;

import dev.tramway.frames.Direction;
import dev.tramway.frames.internal.codec.FieldNode;
import dev.tramway.frames.internal.codec.ListNode;
import dev.tramway.frames.internal.codec.Node;
import dev.tramway.frames.internal.codec.Nodes;
import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.codec.ReadingPlan;
import dev.tramway.frames.internal.codec.Shape;
import dev.tramway.frames.internal.codec.Variant;
import dev.tramway.frames.internal.cut.FramingPlan;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.ExprParser;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Names;
import dev.tramway.frames.internal.type.Output;
import dev.tramway.frames.internal.type.ValueException;
import dev.tramway.frames.internal.yaml.Numbers;
import dev.tramway.frames.internal.yaml.Problems;
import dev.tramway.frames.internal.yaml.Section;
import dev.tramway.frames.internal.yaml.Yaml;
import dev.tramway.frames.internal.yaml.YamlReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compiles a definition file from top to bottom. */
public final class DefinitionLoader {
    private static final Pattern ONLY_SIZE = Pattern.compile("\\s*size\\(frame\\)\\s*==\\s*(\\d{1,6})\\s*(&&[^|?]*)?");

    private static final int MAX_FRAME = 1 << 20;
    private static final int MAX_ITEMS = 1 << 16;
    private static final int MAX_FIELDS = 1 << 20;
    private static final int USUAL_ITEMS = 256;
    private static final int USUAL_FIELDS = 4_096;

    private final Problems problems = new Problems();
    private final Section root;
    private final Compilation all;

    /** Names that conditions on replies and readings may use, by header and message. */
    private final Map<Shape, NameScope> scopes = new LinkedHashMap<>();

    private DefinitionLoader(Section root, Function<Yaml.Scalar, Plan> protocols) {
        this.root = root;
        Map<String, Yaml> structures = new LinkedHashMap<>();
        root.get("structures")
                .ifPresent(source -> problems.attempt(() -> Section.of(source, "structures")
                        .entries()
                        .forEach(entry -> structures.put(entry.key().text(), entry.value()))));
        all = new Compilation(problems, defaults(), limits(), structures, protocols);
    }

    /**
     * Compiles.
     *
     * @param file name of the file, for messages
     * @param text what is in it
     * @param protocols gives the protocols that it names
     * @throws dev.tramway.frames.DefinitionException with everything that is wrong
     */
    public static Definition load(String file, String text, Function<Yaml.Scalar, Plan> protocols) {
        Problems early = new Problems();
        Definition[] made = new Definition[1];
        early.attempt(() -> {
            Section root = Section.of(YamlReader.read(file, text), "a definition");
            made[0] = new DefinitionLoader(root, protocols).definition();
        });
        early.check();
        return made[0];
    }

    private Defaults defaults() {
        boolean[] littleEndian = new boolean[1];
        Charset[] charset = {StandardCharsets.ISO_8859_1};
        ZoneId[] zone = {ZoneOffset.UTC};
        problems.attempt(() -> root.scalar("order")
                .ifPresent(word -> littleEndian[0] = Section.oneOf(
                        word,
                        text -> text.equals("le") || text.equals("be")
                                ? Optional.of(text.equals("le"))
                                : Optional.empty(),
                        "be or le")));
        problems.attempt(() -> root.scalar("charset").ifPresent(word -> charset[0] = charset(word)));
        problems.attempt(() -> root.scalar("zone").ifPresent(word -> zone[0] = FieldCompiler.zone(word)));
        return new Defaults(littleEndian[0], charset[0], zone[0]);
    }

    private static Charset charset(Yaml.Scalar word) {
        try {
            return Charset.forName(word.text());
        } catch (IllegalArgumentException e) {
            throw word.at().flaw("charset " + word.kind(), "a charset of Java", "write for example utf-8 or latin1");
        }
    }

    private Plan.Limits limits() {
        Plan.Limits[] limits = {new Plan.Limits(MAX_FRAME, USUAL_ITEMS, USUAL_FIELDS)};
        problems.attempt(() -> {
            Section section = Section.of(root.need("limits", "write 'limits: { frame: BYTES }'"), "limits");
            section.need("frame", "give the most bytes that a frame can have");
            limits[0] = new Plan.Limits(
                    section.integer("frame", 1, MAX_FRAME, MAX_FRAME),
                    section.integer("items", 1, MAX_ITEMS, USUAL_ITEMS),
                    section.integer("fields", 1, MAX_FIELDS, USUAL_FIELDS));
            section.finish(problems);
        });
        return limits[0];
    }

    private Definition definition() {
        Yaml.Scalar name = root.scalar("protocol").orElse(new Yaml.Scalar(root.at(), "", true));
        problems.attempt(() -> {
            Yaml version = root.need("fdl", "begin with 'fdl: 1'");
            if (!Section.scalar(version, "version").text().equals("1")) {
                throw version.at().flaw(version.kind(), "version 1 of the language", "write 'fdl: 1'");
            }
            root.need("protocol", "give the protocol a name");
            if (!name.text().matches("[a-z][a-z0-9-]*")) {
                throw name.at().flaw(name.kind(), "a name of small letters, digits and -", "rename it");
            }
        });
        root.get("doc");
        List<Variant> variants = variants();
        String device = device(variants);
        Plan plan = new Plan(name.text(), all.limits, variants, all.mostSlots(), device);
        boolean checks = variants.stream().anyMatch(Variant::isChecked);
        FramingPlan[] framing = framing(checks);
        Map<String, Definition.Command> commands = commands(plan);
        List<Definition.Ack> acks = acks(plan);
        List<Definition.Vector> vectors = new ArrayList<>();
        root.get("tests")
                .ifPresent(source -> problems.attempt(() -> {
                    for (Yaml test : Section.list(source, "tests")) {
                        problems.attempt(() -> vectors.add(vector(test, vectors.size() + 1)));
                    }
                }));
        root.finish(problems);
        problems.check();
        return new Definition(plan, framing[0], framing[1], commands, acks, vectors);
    }

    // ---- Headers and messages.

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        Optional<Yaml> headers = root.get("headers");
        if (headers.isPresent()) {
            problems.attempt(() -> {
                for (Yaml.Entry entry :
                        Section.of(headers.get(), "headers by name").entries()) {
                    problems.attempt(() -> {
                        Section section = Section.of(entry.value(), "a header");
                        section.get("doc");
                        Optional<Yaml.Scalar> when = section.scalar("when");
                        Optional<Yaml> fields = section.get("fields");
                        Optional<Yaml> trailer = section.get("trailer");
                        section.finish(problems);
                        variants.add(variant(entry.key().text(), when, fields, trailer));
                    });
                }
            });
            root.get("header")
                    .ifPresent(both -> problems.add(both.at()
                            .flaw("both 'header' and 'headers'", "one of them", "make it one of the headers")));
        } else {
            variants.add(variant("", Optional.empty(), root.get("header"), root.get("trailer")));
        }
        return variants;
    }

    private Variant variant(String name, Optional<Yaml.Scalar> when, Optional<Yaml> header, Optional<Yaml> trailer) {
        all.slots(0);
        // The header is chosen before its fields are known, by the bytes alone.
        Names none = path -> path.equals("frame") ? new NameScope(null).find(path) : Optional.empty();
        Expr condition = when.map(text -> ExprParser.condition(text, none)).orElse(null);
        NameScope scope = new NameScope(null);
        FieldCompiler compiler = new FieldCompiler(all, true);
        List<Node> before = new ArrayList<>();
        List<Node> behind = new ArrayList<>();
        header.ifPresent(fields -> problems.attempt(
                () -> before.addAll(compiler.fields(Section.list(fields, "fields of the header"), scope))));
        trailer.ifPresent(fields -> problems.attempt(
                () -> behind.addAll(compiler.fields(Section.list(fields, "fields of the trailer"), scope))));
        compiler.finish();
        trailer.ifPresent(fields -> problems.attempt(() -> requireFixed(behind, fields)));
        int onlySize = when.map(DefinitionLoader::onlySize).orElse(-1);
        Variant variant = new Variant(name, condition, onlySize, before, requireSound(behind), compiler.checks());
        variant.shapes(shapes(variant, scope));
        return variant;
    }

    /** The size that a condition asks for before anything else; -1 if it does not. */
    private static int onlySize(Yaml.Scalar condition) {
        Matcher asks = ONLY_SIZE.matcher(condition.text());
        return asks.matches() ? Integer.parseInt(asks.group(1)) : -1;
    }

    private static void requireFixed(List<Node> trailer, Yaml source) {
        if (!Variant.isFixed(trailer)) {
            throw source.at()
                    .flaw(
                            "a trailer of variable size",
                            "fields of fixed size",
                            "make it the end of the message's own fields");
        }
    }

    /** What cannot be used is left out, since its flaw was noted. */
    private static List<Node> requireSound(List<Node> trailer) {
        return Variant.isFixed(trailer) ? trailer : List.of();
    }

    private List<Shape> shapes(Variant variant, NameScope header) {
        List<Shape> shapes = new ArrayList<>();
        int used = all.slots();
        problems.attempt(() -> {
            Yaml messages = root.need("messages", "list the messages");
            for (Yaml.Entry entry : Section.of(messages, "messages by name").entries()) {
                problems.attempt(() -> {
                    all.slots(used);
                    message(entry, variant, header).ifPresent(shapes::add);
                });
            }
        });
        return shapes;
    }

    private Optional<Shape> message(Yaml.Entry entry, Variant variant, NameScope header) {
        Section section = Section.of(entry.value(), "a message");
        section.get("doc");
        Set<String> headers = strings(section.get("header"), "names of headers");
        Optional<Yaml> match = section.get("match");
        Optional<Yaml.Scalar> when = section.scalar("when");
        Direction direction =
                section.scalar("direction").map(DefinitionLoader::direction).orElse(null);
        Optional<Yaml> fields = section.get("fields");
        Optional<Yaml> readings = section.get("readings");
        section.finish(problems);
        if (!headers.isEmpty() && !headers.contains(variant.name())) {
            return Optional.empty();
        }
        List<Shape.Match> matches = new ArrayList<>();
        Map<String, Object> implied = new LinkedHashMap<>();
        match.ifPresent(source -> Section.of(source, "header fields and their values")
                .entries()
                .forEach(each -> problems.attempt(() -> matches.add(match(each, header, implied)))));
        Expr condition = when.map(text -> ExprParser.condition(text, header)).orElse(null);
        NameScope scope = new NameScope(header);
        FieldCompiler compiler = new FieldCompiler(all, false);
        List<Node> body = fields.map(source -> compiler.fields(Section.list(source, "fields"), scope))
                .orElse(List.of());
        compiler.finish();
        requireOtherNames(body, variant, entry);
        Shape shape = new Shape(
                variant, entry.key().text(), direction, matches, condition, implied, body, readings(readings, scope));
        scopes.put(shape, scope);
        return Optional.of(shape);
    }

    private static void requireOtherNames(List<Node> body, Variant variant, Yaml.Entry entry) {
        for (Node field : body) {
            boolean taken = Stream.concat(variant.header().stream(), variant.trailer().stream())
                    .anyMatch(other ->
                            other.name().equals(field.name()) && !field.name().startsWith("_"));
            if (taken) {
                throw entry.key()
                        .at()
                        .flaw(
                                "field '" + field.name() + "' in message and header",
                                "different names",
                                "rename one of them");
            }
        }
    }

    static Direction direction(Yaml.Scalar word) {
        return Section.oneOf(
                word,
                text -> switch (text) {
                    case "up" -> Optional.of(Direction.UP);
                    case "down" -> Optional.of(Direction.DOWN);
                    default -> Optional.<Direction>empty();
                },
                "up or down");
    }

    private static Shape.Match match(Yaml.Entry entry, NameScope header, Map<String, Object> implied) {
        FieldNode field = header.find(entry.key().text())
                .filter(FieldNode.class::isInstance)
                .map(FieldNode.class::cast)
                .orElseThrow(() -> entry.key()
                        .at()
                        .flaw("unknown header field " + entry.key().kind(), "a field of the header", "check its name"));
        List<Long> keys = new ArrayList<>();
        List<Yaml> values = entry.value() instanceof Yaml.Sequence sequence ? sequence.items() : List.of(entry.value());
        for (Yaml value : values) {
            keys.add(key(field, Section.scalar(value, "a value")));
        }
        if (values.size() == 1 && header.node(entry.key().text()).isPresent()) {
            implied.put(entry.key().text(), ((Yaml.Scalar) values.get(0)).text());
        }
        return new Shape.Match(field, List.copyOf(keys));
    }

    private static long key(FieldNode field, Yaml.Scalar value) {
        try {
            Output out = new Output(1 << 10);
            field.type().write(field.look().raw(value.text(), field.type().kind() != Kind.NUM), out);
            if (field.type().bits() > 64 || field.type().kind() == Kind.NUM) {
                throw value.at().flaw("a field of more than 8 bytes", "a number or a short text", "use 'when' instead");
            }
            return field.type()
                    .key(out.bytes(), 0, Math.max(out.bit(), field.type().bits()));
        } catch (ValueException e) {
            throw value.at().flaw(value.kind(), "a value of the field", String.valueOf(e.getMessage()));
        }
    }

    // ---- Readings, identity, commands, answers.

    private List<ReadingPlan> readings(Optional<Yaml> source, NameScope scope) {
        List<ReadingPlan> readings = new ArrayList<>();
        source.ifPresent(list -> Section.list(list, "readings")
                .forEach(item -> problems.attempt(() -> readings.add(reading(item, scope)))));
        return readings;
    }

    private ReadingPlan reading(Yaml item, NameScope outer) {
        Section section = Section.of(item, "a reading");
        Optional<Yaml.Scalar> each = section.scalar("each");
        NameScope scope = each.isPresent() ? new NameScope(outer) : outer;
        ListNode list = each.map(name -> outer.node(name.text())
                        .filter(ListNode.class::isInstance)
                        .map(ListNode.class::cast)
                        .orElseThrow(
                                () -> name.at().flaw(name.kind(), "a list of the message", "name a 'repeat' field")))
                .orElse(null);
        if (list != null) {
            Nodes.ofItem(list).forEach(scope::add);
        }
        Expr name = template(Section.scalar(section.need("name", "name it"), "a name"), scope);
        Expr value = ExprParser.parse(
                Section.scalar(section.need("value", "give an expression"), "a value"), scope, kind -> true, "a value");
        Expr unit = section.scalar("unit").map(text -> template(text, scope)).orElse(text(""));
        Expr time = section.scalar("time")
                .map(text -> ExprParser.integer(text, scope))
                .orElse(null);
        Expr quality = section.scalar("quality")
                .map(text -> ExprParser.parse(text, scope, kind -> kind == Kind.TEXT, "a text"))
                .orElse(text("good"));
        Expr when = section.scalar("when")
                .map(text -> ExprParser.condition(text, scope))
                .orElse(null);
        section.finish(problems);
        return new ReadingPlan(list, name, value, unit, time, quality, when);
    }

    private static Expr text(String text) {
        return Expr.constant(text);
    }

    /** A text in which {@code ${...}} stands for values. */
    private static Expr template(Yaml.Scalar source, Names names) {
        Expr all = text("");
        String text = source.text();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                return Expr.join(all, text(text.substring(at)));
            }
            Expr value = ExprParser.parse(
                    new Yaml.Scalar(source.at(open + 2), text.substring(open + 2, close), true),
                    names,
                    kind -> true,
                    "a value");
            all = Expr.join(Expr.join(all, text(text.substring(at, open))), value);
            at = close + 1;
        }
        return all;
    }

    private String device(List<Variant> variants) {
        String[] path = {""};
        root.scalar("device")
                .ifPresent(name -> problems.attempt(() -> {
                    boolean known = variants.stream()
                            .flatMap(variant -> Stream.concat(
                                    variant.header().stream(),
                                    variant.shapes().stream().flatMap(shape -> shape.body().stream())))
                            .anyMatch(node -> node.name().equals(name.text().split("\\.", 2)[0]));
                    if (!known) {
                        throw name.at()
                                .flaw(
                                        name.kind(),
                                        "a field of the header or a message",
                                        "name the field that tells devices apart");
                    }
                    path[0] = name.text();
                }));
        return path[0];
    }

    private Map<String, Definition.Command> commands(Plan plan) {
        Map<String, Definition.Command> commands = new LinkedHashMap<>();
        root.get("commands")
                .ifPresent(source -> problems.attempt(() -> Section.of(source, "commands by name")
                        .entries()
                        .forEach(entry -> problems.attempt(
                                () -> commands.put(entry.key().text(), command(entry.value(), plan))))));
        return commands;
    }

    private Definition.Command command(Yaml source, Plan plan) {
        Section section = Section.of(source, "a command");
        section.get("doc");
        Yaml.Scalar message = Section.scalar(section.need("message", "name the message to send"), "a message");
        requireMessage(message, plan, Direction.DOWN);
        Map<String, Definition.Argument> args = new LinkedHashMap<>();
        section.get("args")
                .ifPresent(list -> Section.of(list, "arguments by name")
                        .entries()
                        .forEach(entry -> args.put(entry.key().text(), argument(entry))));
        Map<String, Object> set =
                section.get("set").map(values -> Plain.map(mapping(values))).orElse(Map.of());
        Set<String> correlate = strings(section.get("correlate"), "header fields");
        String number = section.text("number").orElse("");
        int seconds = section.integer("timeout", 1, 86_400, 30);
        boolean repeatable = section.truth("repeatable");
        List<String> replies = new ArrayList<>();
        Map<String, Expr> ok = new LinkedHashMap<>();
        section.get("reply").ifPresent(reply -> {
            Section rule = Section.of(reply, "message and ok");
            Yaml names = rule.need("message", "name the messages that can be the reply");
            for (Yaml name : names instanceof Yaml.Sequence list ? list.items() : List.of(names)) {
                Yaml.Scalar word = Section.scalar(name, "a message");
                requireMessage(word, plan, Direction.UP);
                replies.add(word.text());
                rule.scalar("ok")
                        .ifPresent(text -> scopes.forEach((shape, scope) -> {
                            if (shape.name().equals(word.text()) && shape.goes(Direction.UP)) {
                                ok.put(word.text(), ExprParser.condition(text, scope));
                            }
                        }));
            }
            rule.get("ok");
            rule.finish(problems);
        });
        section.finish(problems);
        return new Definition.Command(
                message.text(),
                args,
                set,
                List.copyOf(correlate),
                number,
                replies,
                ok,
                Duration.ofSeconds(seconds),
                repeatable);
    }

    private Definition.Argument argument(Yaml.Entry entry) {
        if (entry.value() instanceof Yaml.Scalar field) {
            return new Definition.Argument(field.text(), -Double.MAX_VALUE, Double.MAX_VALUE);
        }
        Section section = Section.of(entry.value(), "field, min and max");
        section.get("doc");
        String field = section.text("field").orElse(entry.key().text());
        double min = section.scalar("min").map(DefinitionLoader::bound).orElse(-Double.MAX_VALUE);
        double max = section.scalar("max").map(DefinitionLoader::bound).orElse(Double.MAX_VALUE);
        section.finish(problems);
        return new Definition.Argument(field, min, max);
    }

    private static double bound(Yaml.Scalar value) {
        try {
            return Double.parseDouble(value.text());
        } catch (NumberFormatException e) {
            throw value.at().flaw(value.kind(), "a number", "write digits");
        }
    }

    private List<Definition.Ack> acks(Plan plan) {
        List<Definition.Ack> acks = new ArrayList<>();
        root.get("ack")
                .ifPresent(source -> problems.attempt(() -> {
                    for (Yaml item : Section.list(source, "answers")) {
                        problems.attempt(() -> acks.add(ack(item, plan)));
                    }
                }));
        return acks;
    }

    private Definition.Ack ack(Yaml source, Plan plan) {
        Section section = Section.of(source, "an answer");
        section.get("doc");
        Yaml on = section.need("on", "name the messages that are answered");
        List<String> messages = new ArrayList<>();
        for (Yaml name : on instanceof Yaml.Sequence list ? list.items() : List.of(on)) {
            Yaml.Scalar word = Section.scalar(name, "a message");
            requireMessage(word, plan, Direction.UP);
            messages.add(word.text());
        }
        Yaml.Scalar message = Section.scalar(section.need("send", "name the message to send"), "a message");
        requireMessage(message, plan, Direction.DOWN);
        List<String> copy = List.copyOf(strings(section.get("copy"), "fields"));
        Map<String, Object> set =
                section.get("set").map(values -> Plain.map(mapping(values))).orElse(Map.of());
        section.finish(problems);
        return new Definition.Ack(messages, message.text(), copy, set);
    }

    private static Yaml.Mapping mapping(Yaml source) {
        if (source instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        throw source.at().flaw(source.kind(), "values by name", "write { field: value }");
    }

    private static void requireMessage(Yaml.Scalar name, Plan plan, Direction direction) {
        if (plan.shape(name.text(), direction).isEmpty()) {
            throw name.at()
                    .flaw(
                            "message " + name.kind()
                                    + (plan.messages().contains(name.text()) ? ", which goes the other way" : ""),
                            "one of " + plan.messages(),
                            "check name and direction");
        }
    }

    private static Set<String> strings(Optional<Yaml> source, String what) {
        Set<String> strings = new LinkedHashSet<>();
        source.ifPresent(yaml -> {
            for (Yaml item : yaml instanceof Yaml.Sequence list ? list.items() : List.of(yaml)) {
                strings.add(Section.scalar(item, what).text());
            }
        });
        return strings;
    }

    // ---- Framing and tests.

    private FramingPlan[] framing(boolean checks) {
        FramingPlan[] both = new FramingPlan[2];
        problems.attempt(() -> {
            Yaml source = root.need("framing", "say how frames are cut out of a stream");
            boolean apart =
                    source instanceof Yaml.Mapping mapping && mapping.entries().containsKey("up");
            if (!apart) {
                both[0] = framing(source, checks);
                both[1] = both[0];
                return;
            }
            Section section = Section.of(source, "framing up and down");
            both[0] = framing(section.need("up", "say how frames from devices are cut"), checks);
            both[1] = framing(section.need("down", "say how frames to devices are cut"), checks);
            section.finish(problems);
        });
        return both;
    }

    private FramingPlan framing(Yaml source, boolean checks) {
        return new FramingLoader(problems, all.defaults, all.limits.frame(), checks).load(source);
    }

    private Definition.Vector vector(Yaml source, int number) {
        Section section = Section.of(source, "a test");
        String name = section.text("name").orElse("test " + number);
        section.get("doc");
        byte[] bytes = bytes(section);
        boolean down =
                section.scalar("direction").map(DefinitionLoader::direction).orElse(Direction.UP) == Direction.DOWN;
        List<Definition.Expected> expected = new ArrayList<>();
        if (section.has("frames")) {
            for (Yaml frame : Section.list(section.need("frames", ""), "frames")) {
                Section inner = Section.of(frame, "a frame");
                expected.add(expected(inner));
                inner.finish(problems);
            }
        } else {
            expected.add(expected(section));
        }
        Optional<String> error = section.text("error");
        String back = section.text("roundtrip").orElse("exact");
        if (!Set.of("exact", "none", "build").contains(back)) {
            throw source.at().flaw("roundtrip " + back, "exact, build or none", "choose one");
        }
        section.finish(problems);
        return new Definition.Vector(
                source.at(), name, bytes, down, expected, error, !back.equals("none"), back.equals("build"));
    }

    private static byte[] bytes(Section section) {
        Optional<Yaml.Scalar> text = section.scalar("text");
        return text.isPresent()
                ? FramingLoader.latin1(text.get().text())
                : Numbers.bytes(Section.scalar(section.need("hex", "give the bytes as hex or text"), "hex digits"));
    }

    private static Definition.Expected expected(Section section) {
        return new Definition.Expected(
                section.text("message").orElse(""),
                section.get("values").map(values -> Plain.map(mapping(values))).orElse(Map.of()),
                section.get("readings")
                        .map(values -> Plain.map(mapping(values)))
                        .orElse(Map.of()));
    }
}
