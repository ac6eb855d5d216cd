package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Operand;
import dev.tramway.frames.internal.expr.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds fields inside groups. */
public final class Nodes {
    private Nodes() {}

    /** What a path leads to from a node; empty if it leads nowhere, or into a list. */
    public static Optional<Operand> inside(Node node, String[] steps, int index) {
        if (index == steps.length) {
            return Optional.of(node);
        }
        if (!(node instanceof GroupNode group)) {
            return Optional.empty();
        }
        List<Operand> found = new ArrayList<>();
        for (GroupNode.Case each : group.cases()) {
            for (Node field : each.fields()) {
                if (field.name().equals(steps[index])) {
                    inside(field, steps, index + 1).ifPresent(found::add);
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.size() == 1 ? found.get(0) : Either.of(found));
    }

    /** What a list item holds, by name; {@code item} if it is a single field. */
    public static Map<String, Node> ofItem(ListNode list) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("item", list.item());
        if (list.item() instanceof GroupNode group) {
            group.cases().forEach(each -> each.fields().forEach(field -> nodes.put(field.name(), field)));
        }
        return nodes;
    }

    /** Fields of the same name in several cases, of which a frame has one at most. */
    private record Either(List<Operand> all, Kind kind) implements Operand {
        static Either of(List<Operand> all) {
            Kind kind = all.get(0).kind();
            for (Operand each : all) {
                boolean numbers = kind.isNumber() && each.kind().isNumber();
                kind = each.kind() == kind ? kind : numbers ? Kind.NUM : Kind.TEXT;
            }
            return new Either(List.copyOf(all), kind);
        }

        private Operand there(Scope scope) {
            for (Operand each : all) {
                if (each.present(scope)) {
                    return each;
                }
            }
            return all.get(0);
        }

        @Override
        public long integer(Scope scope) {
            return there(scope).integer(scope);
        }

        @Override
        public double real(Scope scope) {
            return there(scope).real(scope);
        }

        @Override
        public String text(Scope scope) {
            return there(scope).text(scope);
        }

        @Override
        public boolean present(Scope scope) {
            return there(scope).present(scope);
        }

        @Override
        public int start(Scope scope) {
            return there(scope).start(scope);
        }

        @Override
        public int end(Scope scope) {
            return there(scope).end(scope);
        }

        @Override
        public int count(Scope scope) {
            return there(scope).count(scope);
        }
    }
}
