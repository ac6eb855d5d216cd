package dev.tramway.frames.internal.load;

import dev.tramway.frames.Direction;
import dev.tramway.frames.internal.check.Check;
import dev.tramway.frames.internal.check.Checks;
import dev.tramway.frames.internal.check.Crc;
import dev.tramway.frames.internal.codec.FieldNode;
import dev.tramway.frames.internal.codec.GroupNode;
import dev.tramway.frames.internal.codec.ListNode;
import dev.tramway.frames.internal.codec.Look;
import dev.tramway.frames.internal.codec.NestedNode;
import dev.tramway.frames.internal.codec.Node;
import dev.tramway.frames.internal.codec.ValueNode;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.ExprParser;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Range;
import dev.tramway.frames.internal.type.BitType;
import dev.tramway.frames.internal.type.BytesType;
import dev.tramway.frames.internal.type.Extent;
import dev.tramway.frames.internal.type.IntType;
import dev.tramway.frames.internal.type.Output;
import dev.tramway.frames.internal.type.Type;
import dev.tramway.frames.internal.type.ValueException;
import dev.tramway.frames.internal.yaml.Numbers;
import dev.tramway.frames.internal.yaml.Section;
import dev.tramway.frames.internal.yaml.Yaml;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles lists of fields to nodes. */
final class FieldCompiler {
    private static final int MAX_DEPTH = 12;

    private final Compilation all;
    private final boolean aroundBody;
    private int depth;

    /** Fields that may name others behind them, once those are known. */
    private final List<Runnable> later = new ArrayList<>();

    private final List<FieldNode> checks = new ArrayList<>();

    /**
     * A compiler of some fields.
     *
     * @param aroundBody true for header and trailer, whose checks are looked at when both were walked
     */
    FieldCompiler(Compilation all, boolean aroundBody) {
        this.all = all;
        this.aroundBody = aroundBody;
    }

    /** Compiles fields, and adds their names to a scope. */
    List<Node> fields(List<Yaml> items, NameScope scope) {
        List<Node> nodes = new ArrayList<>();
        for (Yaml item : items) {
            all.problems.attempt(() -> {
                Yaml.Entry entry = entry(item);
                Node node = attemptField(entry, scope);
                if (!scope.add(node)) {
                    throw entry.key()
                            .at()
                            .flaw("a second '" + node.name() + "'", "each name once in a group", "rename one of them");
                }
                nodes.add(node);
            });
        }
        return nodes;
    }

    /** Compiles what had to wait. */
    void finish() {
        later.forEach(all.problems::attempt);
        later.clear();
    }

    /** The checks among the fields. */
    List<FieldNode> checks() {
        return checks;
    }

    private static Yaml.Entry entry(Yaml item) {
        List<Yaml.Entry> entries = Section.of(item, "a field").entries();
        if (entries.size() != 1) {
            throw item.at()
                    .flaw(
                            entries.size() + " names in one item",
                            "one field",
                            "write '- name: { type: u8 }', each on its own");
        }
        Yaml.Entry entry = entries.get(0);
        if (!entry.key().text().matches("[A-Za-z_][A-Za-z0-9_-]*")
                || entry.key().text().matches("frame|body|true|false")) {
            throw entry.key()
                    .at()
                    .flaw(
                            entry.key().kind(),
                            "a name of letters, digits, - and _; not frame, body, true, false",
                            "rename it");
        }
        return entry;
    }

    /** A field; where it is wrong, some field of the same name, so that others can name it. */
    private Node attemptField(Yaml.Entry entry, NameScope scope) {
        Node[] made = new Node[1];
        all.problems.attempt(() -> made[0] = field(entry.key().text(), entry.value(), scope));
        return made[0] != null
                ? made[0]
                : new FieldNode(
                        entry.key().text(),
                        new IntType(8, IntType.Sign.NONE, false),
                        Look.PLAIN,
                        FieldNode.Rules.NONE,
                        all.slot(entry.value()));
    }

    private Node field(String name, Yaml source, NameScope scope) {
        if (++depth > MAX_DEPTH) {
            throw source.at().flaw("groups deeper than " + MAX_DEPTH, "less", "do structures contain each other?");
        }
        try {
            return source instanceof Yaml.Scalar type
                    ? scalarField(name, type)
                    : field(name, Section.of(source, "a field"), source, scope);
        } finally {
            depth--;
        }
    }

    private Node scalarField(String name, Yaml.Scalar type) {
        Type parsed = TypeParser.parse(type, all.defaults, all.defaults.zone(), 0, false);
        return new FieldNode(name, parsed, Look.PLAIN, FieldNode.Rules.NONE, all.slot(type));
    }

    private Node field(String name, Section section, Yaml source, NameScope scope) {
        section.get("doc");
        Optional<Expr> when = section.scalar("when").map(text -> ExprParser.condition(text, scope));
        Node node;
        if (section.has("bits")) {
            node = bits(name, section, source, scope, when.orElse(null));
        } else if (section.has("repeat")) {
            node = list(name, section, source, scope, when.orElse(null));
        } else if (section.has("switch")) {
            node = choice(name, section, source, scope, when.orElse(null));
        } else if (section.has("fields")) {
            node = group(name, section, source, scope, when.orElse(null));
        } else if (section.has("protocol")) {
            Expr size = size(section, scope);
            Direction way =
                    section.scalar("direction").map(DefinitionLoader::direction).orElse(null);
            node = new NestedNode(
                    name,
                    all.protocols.apply(section.scalar("protocol").orElseThrow()),
                    size,
                    way,
                    when.orElse(null),
                    all.slot(source));
        } else if (section.has("value")) {
            Yaml.Scalar text = section.scalar("value").orElseThrow();
            Expr value = ExprParser.parse(text, scope, kind -> true, "a value");
            node = new ValueNode(
                    name, value, when.orElse(null), section.text("unit").orElse(""), all.slot(source));
        } else {
            node = plain(name, section, source, scope, when.orElse(null));
        }
        section.finish(all.problems);
        return node;
    }

    private @Nullable Expr size(Section section, NameScope scope) {
        return section.scalar("size")
                .map(text -> ExprParser.integer(text, scope))
                .orElse(null);
    }

    private Node group(String name, Section section, Yaml source, NameScope scope, @Nullable Expr when) {
        Expr size = size(section, scope);
        Yaml list = section.need("fields", "list the fields of the group");
        List<Node> fields = inner(list instanceof Yaml.Scalar word ? structure(word) : list, scope);
        return new GroupNode(name, List.of(new GroupNode.Case(null, fields)), when, size, 0, all.slot(source));
    }

    /** Fields of a group, which see those around it but are not seen by them without the name of the group. */
    private List<Node> inner(Yaml source, NameScope outer) {
        FieldCompiler compiler = new FieldCompiler(all, false);
        compiler.depth = depth;
        NameScope scope = new NameScope(outer);
        List<Node> fields = compiler.fields(Section.list(source, "fields"), scope);
        compiler.finish();
        return fields;
    }

    private Node choice(String name, Section section, Yaml source, NameScope scope, @Nullable Expr when) {
        Expr size = size(section, scope);
        Yaml.Scalar subject = section.scalar("switch").orElseThrow();
        ExprParser.parse(subject, scope, kind -> kind != Kind.GROUP, "a value");
        List<GroupNode.Case> cases = new ArrayList<>();
        Section labels = Section.of(section.need("cases", "list the cases: '1: [ ... ]'"), "cases");
        for (Yaml.Entry entry : labels.entries()) {
            all.problems.attempt(() -> {
                Yaml.Scalar label = entry.key();
                // Composed, so that labels are what 'in' takes: 1, 2..4, 'A'.
                Yaml.Scalar condition =
                        new Yaml.Scalar(label.at(), "(" + subject.text() + ") in " + label.text(), label.plain());
                Expr fits = ExprParser.condition(condition, scope);
                cases.add(new GroupNode.Case(fits, inner(entry.value(), scope)));
            });
        }
        section.get("else").ifPresent(fields -> cases.add(new GroupNode.Case(null, inner(fields, scope))));
        return new GroupNode(name, cases, when, size, 0, all.slot(source));
    }

    private Node list(String name, Section section, Yaml source, NameScope scope, @Nullable Expr when) {
        Yaml repeat = section.need("repeat", "say how often");
        int most = section.integer("max", 1, all.limits.items(), all.limits.items());
        int firstSlot = all.slots();
        NameScope itemScope = new NameScope(scope);
        Node item = item(section.need("of", "say what is repeated"), itemScope);
        Expr times = null;
        Expr until = null;
        if (repeat instanceof Yaml.Mapping) {
            Section rule = Section.of(repeat, "until: CONDITION");
            until = rule.scalar("until")
                    .map(text -> ExprParser.condition(text, itemScope))
                    .orElseThrow(() -> repeat.at().flaw("no 'until'", "until: CONDITION", "or give a number"));
            rule.finish(all.problems);
        } else if (!Section.scalar(repeat, "how often").text().equals("until-end")) {
            times = ExprParser.integer(Section.scalar(repeat, "how often"), scope);
        }
        return new ListNode(name, item, times, until, most, when, firstSlot, all.slot(source));
    }

    /** What is repeated: fields, a structure or a type. Its fields are added to the scope, for the condition behind it. */
    private Node item(Yaml source, NameScope scope) {
        if (source instanceof Yaml.Scalar word && !all.structures.containsKey(word.text())) {
            return scalarField("", word);
        }
        if (source instanceof Yaml.Mapping) {
            return field("", source, scope);
        }
        Yaml fields = source;
        if (source instanceof Yaml.Scalar word) {
            fields = structure(word);
        }
        FieldCompiler compiler = new FieldCompiler(all, false);
        compiler.depth = depth + 1;
        if (compiler.depth > MAX_DEPTH) {
            throw source.at().flaw("groups deeper than " + MAX_DEPTH, "less", "do structures contain each other?");
        }
        List<Node> nodes = compiler.fields(Section.list(fields, "fields"), scope);
        compiler.finish();
        return new GroupNode("", List.of(new GroupNode.Case(null, nodes)), null, null, 0, all.slot(source));
    }

    private Yaml structure(Yaml.Scalar name) {
        Yaml structure = all.structures.get(name.text());
        if (structure == null) {
            throw name.at()
                    .flaw(
                            "structure " + name.kind(),
                            "one of " + all.structures.keySet(),
                            "define it under 'structures'");
        }
        return structure;
    }

    /** One bit field of a word. */
    private record Bit(
            String name,
            int width,
            IntType.Sign sign,
            boolean truth,
            Look look,
            Optional<Yaml.Scalar> computed,
            Yaml source) {}

    private Node bits(String name, Section section, Yaml source, NameScope scope, @Nullable Expr when) {
        List<Bit> bits = new ArrayList<>();
        for (Yaml item : Section.list(section.need("bits", "list the bits"), "bits")) {
            all.problems.attempt(() -> bits.add(bit(entry(item))));
        }
        int width = bits.stream().mapToInt(Bit::width).sum();
        boolean lowestFirst = section.scalar("order")
                .map(word -> Section.oneOf(
                        word,
                        text -> text.equals("lsb") || text.equals("msb")
                                ? Optional.of(text.equals("lsb"))
                                : Optional.empty(),
                        "msb or lsb"))
                .orElse(false);
        boolean reversed = section.scalar("word")
                        .map(word -> Section.oneOf(
                                word,
                                text -> text.equals("le") || text.equals("be")
                                        ? Optional.of(text.equals("le"))
                                        : Optional.empty(),
                                "le or be"))
                        .orElse(all.defaults.littleEndian())
                && width > 8;
        if ((lowestFirst || reversed) && (width % 8 != 0 || width > 64)) {
            throw source.at().flaw(width + " bits", "8, 16, ... 64", "add the bits that are not used");
        }
        boolean word = lowestFirst || reversed;
        List<Node> nodes = word ? inWord(bits, width, reversed, lowestFirst) : inRow(bits, scope);
        return new GroupNode(
                name, List.of(new GroupNode.Case(null, nodes)), when, null, word ? width : 0, all.slot(source));
    }

    private Bit bit(Yaml.Entry entry) {
        Yaml value = entry.value();
        Look look = Look.PLAIN;
        Optional<Yaml.Scalar> computed = Optional.empty();
        Yaml.Scalar type;
        if (value instanceof Yaml.Scalar scalar) {
            type = scalar;
        } else {
            Section section = Section.of(value, "a bit field");
            section.get("doc");
            type = section.scalar("type").orElseThrow(() -> value.at().flaw("no 'type'", "a type", "write type: u3"));
            look = look(section, TypeParser.parse(type, all.defaults, all.defaults.zone(), 0, false));
            computed = section.scalar("computed");
            section.finish(all.problems);
        }
        Optional<Yaml.Scalar> rule = computed;
        return switch (TypeParser.parse(
                type,
                new Defaults(false, all.defaults.charset(), all.defaults.zone()),
                all.defaults.zone(),
                0,
                false)) {
            case IntType number -> new Bit(entry.key().text(), number.bits(), number.sign(), false, look, rule, value);
            case BitType truth -> new Bit(entry.key().text(), 1, IntType.Sign.NONE, true, look, rule, value);
            default -> throw type.at().flaw("type " + type.kind(), "u1..u64, i1..i64 or bool", "use one of these");
        };
    }

    private List<Node> inWord(List<Bit> bits, int width, boolean reversed, boolean lowestFirst) {
        List<Node> nodes = new ArrayList<>();
        int at = 0;
        for (Bit bit : bits) {
            int shift = lowestFirst ? at : width - at - bit.width();
            Type type = new BitType(width, reversed, shift, bit.width(), bit.sign(), bit.truth());
            nodes.add(new FieldNode(bit.name(), type, bit.look(), FieldNode.Rules.NONE, all.slot(bit.source())));
            at += bit.width();
        }
        return nodes;
    }

    private List<Node> inRow(List<Bit> bits, NameScope scope) {
        List<Node> nodes = new ArrayList<>();
        for (Bit bit : bits) {
            Type type = bit.truth()
                    ? new BitType(1, false, 0, 1, IntType.Sign.NONE, true)
                    : new IntType(bit.width(), bit.sign(), false);
            FieldNode node = new FieldNode(bit.name(), type, bit.look(), FieldNode.Rules.NONE, all.slot(bit.source()));
            bit.computed().ifPresent(text -> later.add(() -> compute(node, text, scope)));
            nodes.add(node);
        }
        return nodes;
    }

    private static void compute(FieldNode node, Yaml.Scalar text, NameScope scope) {
        if (node.type().bits() < 0) {
            throw text.at().flaw("a computed field of variable size", "a fixed size", "give it a size");
        }
        Expr value = ExprParser.parse(text, scope, kind -> true, "a value");
        // Inside a group these are not known before the frame is complete.
        node.computed(value, text.text().matches(".*\\b(frame|body)\\b.*"));
    }

    private Node plain(String name, Section section, Yaml source, NameScope scope, @Nullable Expr when) {
        Optional<Yaml.Scalar> constantText = section.scalar("const");
        Type type = type(section, constantText, source);
        Look look = look(section, type);
        Object constant = constantText
                .map(text -> constant(text, type, section.has("type")))
                .orElse(null);
        Object otherwise =
                section.scalar("default").map(text -> written(text, type, look)).orElse(null);
        FieldNode node = new FieldNode(
                name,
                type,
                look,
                new FieldNode.Rules(when, size(section, scope), otherwise, constant),
                all.slot(source));
        deferred(node, section, scope);
        return node;
    }

    private Type type(Section section, Optional<Yaml.Scalar> constant, Yaml source) {
        Optional<Yaml.Scalar> text = section.scalar("type");
        ZoneId zone = section.scalar("zone").map(FieldCompiler::zone).orElse(all.defaults.zone());
        int pad = section.scalar("pad").map(FieldCompiler::pad).orElse(0);
        boolean asText = section.text("as").filter("text"::equals).isPresent();
        if (text.isEmpty() && constant.isPresent()) {
            return new BytesType(new Extent.Fixed(Numbers.bytes(constant.get()).length));
        }
        return TypeParser.parse(
                text.orElseThrow(() -> source.at()
                        .flaw(
                                "a field without type",
                                "type, const, bits, fields, switch, repeat, protocol or value",
                                "write for example { type: u8 }")),
                all.defaults,
                zone,
                pad,
                asText);
    }

    static ZoneId zone(Yaml.Scalar text) {
        try {
            return ZoneId.of(text.text().equals("UTC") ? "Z" : text.text());
        } catch (DateTimeException e) {
            throw text.at().flaw(text.kind(), "a zone", "write UTC, +08:00 or Europe/Paris");
        }
    }

    private static int pad(Yaml.Scalar text) {
        if (text.text().equals("none")) {
            return -1;
        }
        byte[] bytes = Numbers.bytes(text);
        if (bytes.length != 1) {
            throw text.at().flaw(text.kind(), "one byte", "write \"20\" for blanks, or none");
        }
        return bytes[0] & 0xff;
    }

    private static Object constant(Yaml.Scalar text, Type type, boolean typed) {
        if (!typed) {
            return HexFormat.of().formatHex(Numbers.bytes(text));
        }
        return type.kind() == Kind.TEXT
                ? text.text()
                : (Object) Numbers.integer(text, "a constant", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A value as the type takes it, after trying whether it does. */
    private static Object written(Yaml.Scalar text, Type type, Look look) {
        try {
            Object raw = raw(look, text.text(), type);
            type.write(raw, new Output(1 << 16));
            return raw;
        } catch (ValueException e) {
            throw text.at()
                    .flaw(e.getMessage() == null ? text.kind() : e.getMessage(), "a value of the field", "change it");
        }
    }

    private static Object raw(Look look, String text, Type type) {
        return look.raw(text, type.kind() != Kind.NUM);
    }

    private void deferred(FieldNode node, Section section, NameScope scope) {
        section.scalar("computed").ifPresent(text -> later.add(() -> compute(node, text, scope)));
        section.scalar("valid").ifPresent(text -> later.add(() -> node.valid(ExprParser.condition(text, scope))));
        Optional<Yaml> check = section.get("check");
        Optional<Yaml.Scalar> over = section.scalar("over");
        Optional<byte[]> more = section.scalar("and-then").map(Numbers::bytes);
        check.ifPresent(source -> later.add(() -> {
            Yaml.Scalar range = over.orElseThrow(() -> source.at()
                    .flaw("a check without 'over'", "over: \"FIRST ..< LAST\"", "name the fields it covers"));
            Check named = check(source);
            Check function = more.map(named::followedBy).orElse(named);
            if (node.type().kind() != Kind.INT || node.type().bits() == 0) {
                throw source.at().flaw("a check that is no number", "a whole number", "use u8, u16, ... or ascii-hex");
            }
            Range covered = ExprParser.range(range, scope);
            node.check(function, covered, aroundBody);
            checks.add(node);
        }));
    }

    private Check check(Yaml source) {
        if (source instanceof Yaml.Scalar name) {
            return Checks.named(name.text())
                    .orElseThrow(() -> name.at()
                            .flaw(
                                    "check " + name.kind(),
                                    "one of " + String.join(", ", Checks.names()),
                                    "or give width, poly, init, refin, refout and xorout"));
        }
        Section section = Section.of(source, "parameters of a CRC");
        int width = section.integer("width", 1, 64, 16);
        long poly = parameter(section, "poly", true);
        long init = parameter(section, "init", false);
        boolean reflectIn = section.truth("refin");
        boolean reflectOut = section.truth("refout");
        long xorOut = parameter(section, "xorout", false);
        section.finish(all.problems);
        return new Crc(width, poly, init, reflectIn, reflectOut, xorOut);
    }

    private static long parameter(Section section, String key, boolean needed) {
        if (needed) {
            section.need(key, "give it, for example 0x1021");
        }
        return section.scalar(key)
                .map(text -> Numbers.integer(text, key, Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(0L);
    }

    private Look look(Section section, Type type) {
        double[] scale = section.scalar("scale").map(Numbers::quotient).orElse(new double[] {1, 1});
        double[] offset = section.scalar("offset").map(FieldCompiler::offset).orElse(new double[] {0, 1});
        Map<Long, String> names = new HashMap<>();
        section.get("enum").ifPresent(source -> names(source, names, Long.MAX_VALUE));
        Map<Long, String> bits = new HashMap<>();
        section.get("flags").ifPresent(source -> names(source, bits, 63));
        Map<Integer, String> flags = new HashMap<>();
        bits.forEach((bit, name) -> flags.put(bit.intValue(), name));
        Optional<Yaml.Scalar> none = section.scalar("null");
        Long noneValue = none.map(text -> none(text, type)).orElse(null);
        boolean hex = section.scalar("as")
                .map(word -> Section.oneOf(
                        word,
                        text -> text.equals("hex") || text.equals("text")
                                ? Optional.of(text.equals("hex"))
                                : Optional.empty(),
                        "hex or text"))
                .orElse(false);
        String unit = section.text("unit").orElse("");
        if ((!names.isEmpty() || !flags.isEmpty() || hex) && type.kind() == Kind.NUM) {
            throw section.at().flaw("names of a fraction", "a whole number", "remove enum, flags or as");
        }
        if (scale[0] == 1
                && scale[1] == 1
                && offset[0] == 0
                && names.isEmpty()
                && flags.isEmpty()
                && none.isEmpty()
                && !hex
                && unit.isEmpty()) {
            return Look.PLAIN;
        }
        if ((scale[0] != scale[1] || offset[0] != 0) && !type.kind().isNumber()) {
            throw section.at().flaw("scale of a text", "a number", "remove it");
        }
        return new Look(
                scale[0],
                scale[1],
                offset[0] / offset[1],
                Map.copyOf(names),
                Map.copyOf(flags),
                noneValue,
                hex ? Math.max(1, type.bits() / 4) : 0,
                unit);
    }

    private static double[] offset(Yaml.Scalar text) {
        return text.text().equals("0") ? new double[] {0, 1} : Numbers.quotient(text);
    }

    private static void names(Yaml source, Map<Long, String> names, long most) {
        for (Yaml.Entry entry : Section.of(source, "names by number").entries()) {
            long number = Numbers.integer(entry.key(), "a number", most == 63 ? 0 : Long.MIN_VALUE, most);
            names.put(number, Section.scalar(entry.value(), "a name").text());
        }
    }

    private static long none(Yaml.Scalar text, Type type) {
        byte[] bytes = Numbers.bytes(text);
        if (type.bits() != 8 * bytes.length || bytes.length > 8) {
            throw text.at().flaw(text.kind(), "as many bytes as the field has", "write all of them as hex digits");
        }
        Output out = new Output(bytes.length);
        out.bytes(bytes);
        return type.key(out.bytes(), 0, 8 * bytes.length);
    }
}
