package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A compiled protocol.
 *
 * @param name its name
 * @param limits what no frame may exceed
 * @param variants forms of the header, the first that fits being taken; the last always fits
 * @param slots how many places a tape keeps
 * @param device path of the value that is the identity of a device, may be empty
 * @param scratch what its frames are decoded and encoded on
 */
public record Plan(String name, Limits limits, List<Variant> variants, int slots, String device, Scratch scratch) {
    /** A protocol. */
    public Plan(String name, Limits limits, List<Variant> variants, int slots, String device) {
        this(name, limits, variants, slots, device, new Scratch());
    }

    /**
     * Bounds of memory and work.
     *
     * @param frame most bytes
     * @param items most items of a list
     * @param fields most fields of a frame, list items counted one by one
     */
    public record Limits(int frame, int items, int fields) {}

    /** The form of a message, in the first header that has it. */
    public Optional<Shape> shape(String message, Direction direction) {
        for (Variant variant : variants) {
            for (Shape shape : variant.shapes()) {
                if (shape.goes(direction) && shape.name().equals(message)) {
                    return Optional.of(shape);
                }
            }
        }
        return Optional.empty();
    }

    /** All forms of messages of a name. */
    public List<Shape> shapes(String message) {
        return variants.stream()
                .flatMap(variant -> variant.shapes().stream())
                .filter(shape -> shape.name().equals(message))
                .toList();
    }

    /** Names of all messages, in order, each once. */
    public List<String> messages() {
        return variants.stream()
                .flatMap(variant -> variant.shapes().stream())
                .map(Shape::name)
                .distinct()
                .toList();
    }
}
