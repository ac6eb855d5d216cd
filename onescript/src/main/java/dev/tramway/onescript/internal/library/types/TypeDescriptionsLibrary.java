package dev.tramway.onescript.internal.library.types;

import dev.tramway.onescript.internal.bind.Library;

/** Descriptions of types. */
public final class TypeDescriptionsLibrary {
    private TypeDescriptionsLibrary() {}

    /** Declares the types and enumerations. */
    public static void declare(Library.Builder library) {
        library.type(BslTypeDescription.TYPE)
                .type(BslQualifiers.OfNumber.TYPE)
                .type(BslQualifiers.OfString.TYPE)
                .type(BslQualifiers.OfDate.TYPE)
                .type(BslQualifiers.OfBinary.TYPE)
                .enumeration(BslQualifiers.LENGTH)
                .enumeration(BslQualifiers.SIGN)
                .enumeration(BslQualifiers.FRACTIONS);
    }
}
