package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import java.util.List;

/** Types of the values that have no members. */
public final class PrimitiveType extends Type {
    public static final PrimitiveType UNDEFINED = new PrimitiveType("Неопределено", "Undefined");
    public static final PrimitiveType NULL = new PrimitiveType("Null", "Null");
    public static final PrimitiveType BOOLEAN = new PrimitiveType("Булево", "Boolean");
    public static final PrimitiveType NUMBER = new PrimitiveType("Число", "Number");
    public static final PrimitiveType STRING = new PrimitiveType("Строка", "String");
    public static final PrimitiveType DATE = new PrimitiveType("Дата", "Date");
    public static final PrimitiveType TYPE = new PrimitiveType("Тип", "Type");

    public static final List<PrimitiveType> ALL = List.of(UNDEFINED, NULL, BOOLEAN, NUMBER, STRING, DATE, TYPE);

    private PrimitiveType(String russian, String english) {
        super(russian, english);
    }

    /** Returns the type of any value. */
    public static Type of(Object value) {
        return switch (value) {
            case BslObject object -> object.type();
            case String text -> STRING;
            case Boolean flag -> BOOLEAN;
            case Number number -> NUMBER;
            case BslDate date -> DATE;
            case Type type -> TYPE;
            case Empty none -> none == Empty.NULL ? NULL : UNDEFINED;
            default -> throw new IllegalArgumentException("Not a value: " + value.getClass());
        };
    }
}
