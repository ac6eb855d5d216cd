package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.codec.Node;
import dev.tramway.frames.internal.codec.Nodes;
import dev.tramway.frames.internal.codec.Region;
import dev.tramway.frames.internal.expr.Names;
import dev.tramway.frames.internal.expr.Operand;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields that an expression can name at its place: those before it in its own group, then those of the groups around. */
final class NameScope implements Names {
    private final @Nullable NameScope outer;
    private final Map<String, Node> nodes = new HashMap<>();

    NameScope(@Nullable NameScope outer) {
        this.outer = outer;
    }

    /** Adds a field; false if there is one of that name. */
    boolean add(Node node) {
        return nodes.putIfAbsent(node.name(), node) == null;
    }

    /** Adds a field under another name. */
    void add(String name, Node node) {
        nodes.put(name, node);
    }

    /** The field of a name in this group or around it. */
    Optional<Node> node(String name) {
        return Optional.ofNullable(find(new String[] {name}, 0));
    }

    @Override
    public Optional<Operand> find(String path) {
        if (path.equals("frame") || path.equals("body")) {
            return Optional.of(path.equals("frame") ? Region.FRAME : Region.BODY);
        }
        String[] steps = path.split("\\.", -1);
        Node node = find(steps, 0);
        if (node == null) {
            return Optional.empty();
        }
        return Nodes.inside(node, steps, 1);
    }

    private @Nullable Node find(String[] steps, int index) {
        Node node = nodes.get(steps[index]);
        return node == null && outer != null ? outer.find(steps, index) : node;
    }
}
