package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;

/** НастройкиСериализацииJSON: how ЗаписатьJSON writes dates. */
final class JsonSerializerSettings extends BslObject {
    static final NativeType TYPE = NativeType.declare(
                    JsonSerializerSettings.class, "НастройкиСериализацииJSON", "JSONSerializerSettings")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new JsonSerializerSettings())
            .property(
                    "ВариантЗаписиДаты",
                    "DateWritingVariant",
                    self -> self.variant,
                    (self, value) -> self.variant = choice(value, JsonChoices.DATE_VARIANT))
            .property(
                    "ФорматСериализацииДаты",
                    "DateSerializationFormat",
                    self -> self.format,
                    (self, value) -> self.format = choice(value, JsonChoices.DATE_FORMAT))
            .build();

    private Enumeration.Value variant = JsonChoices.DATE_LOCAL;
    private Enumeration.Value format = JsonChoices.DATE_ISO;

    private static Enumeration.Value choice(Object value, Enumeration of) {
        if (value instanceof Enumeration.Value chosen && chosen.type() == of.type()) {
            return chosen;
        }
        throw Errors.badArgumentType();
    }

    Enumeration.Value variant() {
        return variant;
    }

    Enumeration.Value format() {
        return format;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
