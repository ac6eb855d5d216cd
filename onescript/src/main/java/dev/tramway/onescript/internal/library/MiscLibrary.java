package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Special characters, and unique identifiers. */
final class MiscLibrary {
    private MiscLibrary() {}

    static void declare(Library.Builder library) {
        Chars chars = new Chars();
        library.type(Chars.TYPE)
                .type(Unique.TYPE)
                .requires(Permission.PURE)
                .property("Символы", "Chars", context -> chars);
    }

    /** Символы. */
    private static final class Chars extends BslObject {
        static final NativeType TYPE = NativeType.declare(Chars.class, "Символы", "Chars")
                .requires(Permission.PURE)
                .property("ПС", "LF", self -> "\n")
                .property("ВК", "CR", self -> "\r")
                .property("ВТаб", "VTab", self -> "\u000B")
                .property("Таб", "Tab", self -> "\t")
                .property("ПФ", "FF", self -> "\f")
                .property("НПП", "Nbsp", self -> "\u00A0")
                .build();

        @Override
        public NativeType type() {
            return TYPE;
        }
    }

    /** УникальныйИдентификатор. */
    private static final class Unique extends BslObject {
        static final NativeType TYPE = NativeType.declare(Unique.class, "УникальныйИдентификатор", "UUID")
                .requires(Permission.PURE)
                .constructor(
                        Params.of(0, 1), call -> new Unique(call.given(0) ? parse(call.text(0)) : UUID.randomUUID()))
                .build();

        private final UUID id;

        Unique(UUID id) {
            this.id = id;
        }

        private static UUID parse(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException wrong) {
                throw Errors.badArgument(1);
            }
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unique unique && unique.id.equals(id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String present() {
            return id.toString();
        }
    }
}
